/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-report-run.h"

#define FIRST_SLOTS 256u

struct _TrestleReportCells
{
  guint n_columns;
  guint n;
  guint room;
  guint64 *places;
  TrestleDecimal *values; /* n_columns for each place */
  guint32 *slots;         /* place + 1 */
  guint n_slots;
  guint last;
};

TrestleReportCells *
trestle_report_cells_new (guint n_columns)
{
  TrestleReportCells *self = g_new0 (TrestleReportCells, 1);

  self->n_columns = n_columns;
  self->n_slots = FIRST_SLOTS;
  self->slots = g_new0 (guint32, self->n_slots);
  return self;
}

void
trestle_report_cells_free (TrestleReportCells *self)
{
  g_free (self->places);
  g_free (self->values);
  g_free (self->slots);
  g_free (self);
}

static guint
slot_of (TrestleReportCells *self, guint64 place)
{
  guint at = (guint) ((place * 0x9e3779b97f4a7c15) >> 32) & (self->n_slots - 1);

  while (self->slots[at] != 0 && self->places[self->slots[at] - 1] != place)
    at = (at + 1) & (self->n_slots - 1);
  return at;
}

static void
grow (TrestleReportCells *self)
{
  self->n_slots *= 4;
  g_free (self->slots);
  self->slots = g_new0 (guint32, self->n_slots);
  for (guint i = 0; i < self->n; i++)
    self->slots[slot_of (self, self->places[i])] = i + 1;
}

TrestleDecimal *
trestle_report_cells_get (TrestleReportCells *self, guint32 group, guint32 split, guint32 currency)
{
  guint64 place = (guint64) group << 32 | (guint64) split << 8 | currency;
  guint at;

  if (self->n > 0 && self->places[self->last] == place)
    return self->values + (gsize) self->last * self->n_columns;
  at = slot_of (self, place);
  if (self->slots[at] == 0)
    {
      if (self->n == self->room)
        {
          self->room = MAX (64, self->room * 2);
          self->places = g_renew (guint64, self->places, self->room);
          self->values = g_realloc_n (self->values, (gsize) self->room * self->n_columns,
                                      sizeof *self->values);
        }
      for (guint i = 0; i < self->n_columns; i++)
        self->values[(gsize) self->n * self->n_columns + i] = 0;
      self->places[self->n] = place;
      self->slots[at] = ++self->n;
      self->last = self->n - 1;
      if (self->n * 2 > self->n_slots)
        grow (self);
    }
  else
    self->last = self->slots[at] - 1;
  return self->values + (gsize) self->last * self->n_columns;
}

guint
trestle_report_cells_get_n (TrestleReportCells *self)
{
  return self->n;
}

TrestleDecimal *
trestle_report_cells_get_nth (TrestleReportCells *self,
                              guint i,
                              guint32 *group,
                              guint32 *split,
                              guint32 *currency)
{
  *group = (guint32) (self->places[i] >> 32);
  *split = (guint32) (self->places[i] >> 8) & 0xffffff;
  *currency = (guint32) self->places[i] & 0xff;
  return self->values + (gsize) i * self->n_columns;
}
