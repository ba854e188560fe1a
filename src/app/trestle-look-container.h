/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "container/trestle-container-page.h"

G_BEGIN_DECLS

/** trestle_look_container: gives @page the result of a check as a seller would see it, without a container */
void trestle_look_container (TrestleContainerPage *page);

G_END_DECLS
