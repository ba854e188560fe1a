/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

typedef enum
{
  TRESTLE_DISCOVER_LOADING,
  TRESTLE_DISCOVER_RESULTS,
  TRESTLE_DISCOVER_NOTHING, /* the question has no answer */
  TRESTLE_DISCOVER_EMPTY,   /* there is no catalogue yet, and the refresh failed */
} TrestleDiscoverState;

/**
 * TrestleDiscoverModel:
 *
 * What Discover shows, without widgets: one question (text, filters, sort), its answer from the local
 * catalogue, and the refresh behind it. A question that came later wins. Signal "changed" when anything
 * below did.
 */
#define TRESTLE_TYPE_DISCOVER_MODEL (trestle_discover_model_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDiscoverModel,
                      trestle_discover_model,
                      TRESTLE,
                      DISCOVER_MODEL,
                      GObject)

TrestleDiscoverModel *trestle_discover_model_new (TrestleSession *session);

/** trestle_discover_model_get_listings: Returns: (transfer none): #GListModel of #TrestleListing; keeps what stays */
GListModel *trestle_discover_model_get_listings (TrestleDiscoverModel *self);
/** trestle_discover_model_get_facets: Returns: (transfer none) (nullable): #GListModel of #TrestleFacet */
GListModel *trestle_discover_model_get_facets (TrestleDiscoverModel *self);
TrestleDiscoverState trestle_discover_model_get_state (TrestleDiscoverModel *self);
guint trestle_discover_model_get_total (TrestleDiscoverModel *self);
gint64 trestle_discover_model_get_refreshed (TrestleDiscoverModel *self);
gboolean trestle_discover_model_get_refreshing (TrestleDiscoverModel *self);
/** trestle_discover_model_get_error: Returns: (transfer none) (nullable): why the last refresh failed */
const GError *trestle_discover_model_get_error (TrestleDiscoverModel *self);

/** trestle_discover_model_set_text: asked when nothing was typed for 150 ms */
void trestle_discover_model_set_text (TrestleDiscoverModel *self, const char *text);
void trestle_discover_model_set_sort (TrestleDiscoverModel *self, TrestleSort sort);

/**
 * trestle_discover_model_set_filter:
 * @group: of #TrestleFacet, or "max-hourly"
 * @value: what is chosen or not; "rating" and "max-hourly" have one value at most
 */
void trestle_discover_model_set_filter (TrestleDiscoverModel *self,
                                        const char *group,
                                        const char *value,
                                        gboolean chosen);
gboolean trestle_discover_model_get_filter (TrestleDiscoverModel *self,
                                            const char *group,
                                            const char *value);
guint trestle_discover_model_get_n_filters (TrestleDiscoverModel *self);

/** trestle_discover_model_foreach_filter: calls @func for each chosen filter */
void trestle_discover_model_foreach_filter (TrestleDiscoverModel *self,
                                            void (*func) (const char *group,
                                                          const char *value,
                                                          gpointer data),
                                            gpointer data);
void trestle_discover_model_clear_filters (TrestleDiscoverModel *self);

/** trestle_discover_model_refresh: asks Discovery; the answer is shown when it is there */
void trestle_discover_model_refresh (TrestleDiscoverModel *self);

G_END_DECLS
