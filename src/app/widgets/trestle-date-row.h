/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TrestleDateRow:
 *
 * A day that is typed as "2027-01-31" or picked from a calendar, both in step. Days that are over, in UTC
 * as AWS counts, cannot be picked, and are said to be over when they are typed. Properties: "title"; "day"
 * (string: what is typed, a day or not); "valid" (boolean).
 */
#define TRESTLE_TYPE_DATE_ROW (trestle_date_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDateRow, trestle_date_row, TRESTLE, DATE_ROW, AdwPreferencesRow)

/** trestle_date_row_get_day: Returns: (transfer none): what is typed */
const char *trestle_date_row_get_day (TrestleDateRow *self);
void trestle_date_row_set_day (TrestleDateRow *self, const char *day);

/** trestle_date_row_get_valid: Returns: whether it is a day to come, or today */
gboolean trestle_date_row_get_valid (TrestleDateRow *self);

G_END_DECLS
