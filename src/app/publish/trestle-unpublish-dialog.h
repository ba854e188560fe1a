/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "domain/trestle-own-product.h"

G_BEGIN_DECLS

/** TrestleUnpublishDialog: asks whether a product is taken off the market (response "unpublish"), and what takes its place */
#define TRESTLE_TYPE_UNPUBLISH_DIALOG (trestle_unpublish_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleUnpublishDialog,
                      trestle_unpublish_dialog,
                      TRESTLE,
                      UNPUBLISH_DIALOG,
                      AdwAlertDialog)

/** trestle_unpublish_dialog_new: @products: a #GListModel of #TrestleOwnProduct, of which those in sight can replace it */
TrestleUnpublishDialog *
trestle_unpublish_dialog_new (TrestleOwnProduct *product, GListModel *products);

/** trestle_unpublish_dialog_get_replacement: Returns: (transfer none) (nullable): the identifier */
const char *trestle_unpublish_dialog_get_replacement (TrestleUnpublishDialog *self);

G_END_DECLS
