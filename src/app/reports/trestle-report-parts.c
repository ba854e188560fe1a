/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-report-parts.h"

#include <glib/gi18n.h>

static TrestleDecimal
get_rest (const TrestleReportParts *self, TrestleReportRow *row)
{
  const TrestleReportInfo *info = trestle_report_get_info (self->report);
  TrestleDecimal rest = trestle_report_row_get_value (row, info->main);

  for (guint c = 0; c < info->n_columns; c++)
    if ((info->parts >> c) & 1)
      rest -= trestle_report_row_get_value (row, c);
  return rest;
}

TrestleReportParts
trestle_report_parts_of (TrestleReport *report)
{
  TrestleReportParts self = { .report = report };
  const TrestleReportInfo *info = report != NULL ? trestle_report_get_info (report) : NULL;
  GListModel *totals = report != NULL ? trestle_report_get_totals (report) : NULL;

  if (report == NULL)
    return self;
  self.n = g_list_model_get_n_items (trestle_report_get_series (report));
  if (self.n > 0)
    return self;
  for (guint c = 0; c < info->n_columns; c++)
    if (((info->parts >> c) & 1) && !trestle_report_is_empty (report, c))
      self.columns[self.n++] = c;
  for (guint i = 0; info->parts != 0 && i < g_list_model_get_n_items (totals); i++)
    {
      g_autoptr (TrestleReportRow) total = g_list_model_get_item (totals, i);

      self.rest |= get_rest (&self, total) != 0;
    }
  self.n += self.rest;
  return self;
}

static gboolean
is_rest (const TrestleReportParts *self, guint i)
{
  return self->rest && i + 1 == self->n;
}

static gboolean
has_series (const TrestleReportParts *self)
{
  return g_list_model_get_n_items (trestle_report_get_series (self->report)) > 0;
}

char *
trestle_report_parts_dup_label (const TrestleReportParts *self, guint i)
{
  g_autoptr (TrestleReportChoice) choice = NULL;

  if (!has_series (self))
    return g_strdup (
        is_rest (self, i)
            ? _ ("Other")
            : _ (trestle_report_get_info (self->report)->columns[self->columns[i]].title));
  choice = g_list_model_get_item (trestle_report_get_series (self->report), i);
  return g_strdup (trestle_report_choice_get_label (choice));
}

TrestleDecimal
trestle_report_parts_get_value (const TrestleReportParts *self, TrestleReportRow *row, guint i)
{
  if (has_series (self))
    return trestle_report_row_get_part (row, i);
  return is_rest (self, i) ? get_rest (self, row)
                           : trestle_report_row_get_value (row, self->columns[i]);
}

guint
trestle_report_parts_get_series (const TrestleReportParts *self, guint i)
{
  /* Two neighbours are to differ in lightness as well: blue, green, then the others. */
  static const guint series[] = { 0, 3, 2, 1, 4 };
  const TrestleReportInfo *info = trestle_report_get_info (self->report);
  guint place = 0;

  if (has_series (self))
    return i;
  if (is_rest (self, i))
    return G_MAXUINT;
  for (guint c = 0; c < self->columns[i]; c++)
    place += (info->parts >> c) & 1;
  return series[MIN (place, G_N_ELEMENTS (series) - 1)];
}
