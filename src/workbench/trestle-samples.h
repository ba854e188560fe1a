/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * trestle_samples_extract:
 * @samples: (element-type TrestleSample): where they are added, each address once
 * @text: (nullable): a seller's text
 *
 * Finds addresses of files in a text. Names come from the address; a content type that the line names in
 * brackets before it counts, else the name tells.
 */
void trestle_samples_extract (GListStore *samples, const char *text);

G_END_DECLS
