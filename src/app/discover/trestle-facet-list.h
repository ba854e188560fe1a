/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "discover/trestle-discover-model.h"

G_BEGIN_DECLS

/** TrestleFacetList: the filters of Discover with counts, in groups */
#define TRESTLE_TYPE_FACET_LIST (trestle_facet_list_get_type ())
G_DECLARE_FINAL_TYPE (TrestleFacetList, trestle_facet_list, TRESTLE, FACET_LIST, GtkWidget)

void trestle_facet_list_set_model (TrestleFacetList *self, TrestleDiscoverModel *model);

/** trestle_facet_list_dup_label: Returns: (transfer full): how a filter is called on a chip */
char *trestle_facet_list_dup_label (TrestleFacetList *self, const char *group, const char *value);

G_END_DECLS
