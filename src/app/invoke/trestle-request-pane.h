/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-endpoint.h"
#include "domain/trestle-package.h"
#include "domain/trestle-version.h"
#include "invoke/trestle-file-item.h"

G_BEGIN_DECLS

/** TrestleRequestPane: how the chosen file is sent: type, accepted answer, variant, attributes, size against the limit. Property: "valid" (boolean) */
#define TRESTLE_TYPE_REQUEST_PANE (trestle_request_pane_get_type ())
G_DECLARE_FINAL_TYPE (TrestleRequestPane, trestle_request_pane, TRESTLE, REQUEST_PANE, GtkWidget)

/** trestle_request_pane_set_endpoint: @package: (nullable): what the model supports */
void trestle_request_pane_set_endpoint (TrestleRequestPane *self,
                                        TrestleEndpoint *endpoint,
                                        TrestlePackage *package);

/** trestle_request_pane_set_version: @version: (nullable): what the seller says of custom attributes makes their form */
void trestle_request_pane_set_version (TrestleRequestPane *self, TrestleVersion *version);

/** trestle_request_pane_get_valid: Returns: whether the custom attributes may be sent as they are */
gboolean trestle_request_pane_get_valid (TrestleRequestPane *self);

/** trestle_request_pane_set_file: @item: (nullable): loaded; guesses its type */
void trestle_request_pane_set_file (TrestleRequestPane *self, TrestleFileItem *item);

/** trestle_request_pane_set_usual: @latency: µs of calls before; 0: none yet */
void trestle_request_pane_set_usual (TrestleRequestPane *self, gint64 latency);

/** trestle_request_pane_choose_type: Returns: (transfer full) (nullable): the type for @item, where it is not the chosen file */
char *trestle_request_pane_choose_type (TrestleRequestPane *self, TrestleFileItem *item);

const char *trestle_request_pane_get_content_type (TrestleRequestPane *self);
const char *trestle_request_pane_get_accept (TrestleRequestPane *self);
const char *trestle_request_pane_get_variant (TrestleRequestPane *self);
const char *trestle_request_pane_get_attributes (TrestleRequestPane *self);

G_END_DECLS
