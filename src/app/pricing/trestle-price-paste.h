/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pricing/trestle-price-lines.h"

G_BEGIN_DECLS

/**
 * trestle_price_paste:
 * @text: a block of a spreadsheet
 * @line: the line where it begins
 * @mode: the column where it begins
 * @refused: (out) (transfer full): why cells were not taken, a sentence each
 *
 * Takes the prices of @text, all in one change. A heading that names modes says which columns are whose;
 * a row that begins with an instance type or a dimension key goes where that is, any other to the line
 * that follows. What is refused stays as it was; so do empty cells.
 *
 * Returns: how many prices were taken
 */
guint trestle_price_paste (TrestlePriceLines *lines,
                           const char *text,
                           guint line,
                           guint mode,
                           char ***refused);

G_END_DECLS
