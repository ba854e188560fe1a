/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TrestleChipRow:
 *
 * A row of short texts as chips that can be taken away, and a button that finds others in a list or
 * takes what is typed.
 */
#define TRESTLE_TYPE_CHIP_ROW (trestle_chip_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleChipRow, trestle_chip_row, TRESTLE, CHIP_ROW, AdwPreferencesRow)

/** trestle_chip_row_set_strings: the texts; the row changes them and follows them */
void trestle_chip_row_set_strings (TrestleChipRow *self, GtkStringList *strings);

/**
 * trestle_chip_row_set_choices:
 * @notes: (nullable): a word on each, may hold ""
 *
 * What the list offers.
 */
void trestle_chip_row_set_choices (TrestleChipRow *self,
                                   const char *const *choices,
                                   const char *const *notes);

/** trestle_chip_row_add: adds @text, unless it is there already */
void trestle_chip_row_add (TrestleChipRow *self, const char *text);

G_END_DECLS
