/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleImageRow:
 *
 * Which container image of the account's registry a package is made of, with what its scan found.
 * Property: "uri" (string, never %NULL).
 */
#define TRESTLE_TYPE_IMAGE_ROW (trestle_image_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleImageRow, trestle_image_row, TRESTLE, IMAGE_ROW, AdwComboRow)

/** trestle_image_row_set_images: @images: of #TrestleContainerImage; an image that "uri" names stays, whether it is among them or not */
void trestle_image_row_set_images (TrestleImageRow *self, GListModel *images);

/** trestle_image_row_fail: the registry cannot be read */
void trestle_image_row_fail (TrestleImageRow *self, const GError *error);

G_END_DECLS
