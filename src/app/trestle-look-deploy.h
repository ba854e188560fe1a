/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trestle-window.h"

G_BEGIN_DECLS

/**
 * trestle_look_deploy:
 * @slug: a subscribed product
 *
 * Deploys @slug and opens the page that follows it; settled once the container writes its first lines.
 */
void trestle_look_deploy (TrestleWindow *window, const char *slug);

G_END_DECLS
