/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "practice/models/trestle-practice-request.h"

G_BEGIN_DECLS

GPtrArray *trestle_practice_table_rows (TrestlePracticeRequest *request,
                                        guint max_rows,
                                        TrestlePracticeAnswer **error);
GArray *trestle_practice_table_series (TrestlePracticeRequest *request,
                                       guint max_rows,
                                       GPtrArray **labels,
                                       TrestlePracticeAnswer **error);
GArray *trestle_practice_table_matrix (TrestlePracticeRequest *request,
                                       guint max_rows,
                                       GStrv *names,
                                       TrestlePracticeAnswer **error);
gboolean trestle_practice_table_number (const char *field, double *value);
JsonNode *
trestle_practice_table_json (TrestlePracticeRequest *request, TrestlePracticeAnswer **error);
gboolean trestle_practice_table_double (JsonNode *node, double *value);

G_END_DECLS
