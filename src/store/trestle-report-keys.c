/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-report-run.h"

#define FIRST_SLOTS 1024

void
trestle_report_keys_clear (TrestleReportKeys *self)
{
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->slots, g_free);
  self->n_slots = 0;
}

static gsize
slot_of (TrestleReportKeys *self, TrestleReportKey key)
{
  gsize at = key.a & (self->n_slots - 1);

  while (self->slots[at] != 0
         && !trestle_report_key_equal (
             g_array_index (self->keys, TrestleReportKey, self->slots[at] - 1), key))
    at = (at + 1) & (self->n_slots - 1);
  return at;
}

static void
grow (TrestleReportKeys *self)
{
  self->n_slots = self->n_slots == 0 ? FIRST_SLOTS : self->n_slots * 2;
  g_free (self->slots);
  self->slots = g_new0 (guint32, self->n_slots);
  for (guint i = 0; i < self->keys->len; i++)
    self->slots[slot_of (self, g_array_index (self->keys, TrestleReportKey, i))] = i + 1;
}

guint32
trestle_report_keys_intern (TrestleReportKeys *self, TrestleReportKey key)
{
  gsize at;

  if (self->keys == NULL)
    self->keys = g_array_new (FALSE, FALSE, sizeof (TrestleReportKey));
  if (self->keys->len * (gsize) 2 >= self->n_slots)
    grow (self);
  at = slot_of (self, key);
  if (self->slots[at] == 0)
    {
      g_array_append_val (self->keys, key);
      self->slots[at] = self->keys->len;
    }
  return self->slots[at] - 1;
}

gint64
trestle_report_keys_find (TrestleReportKeys *self, TrestleReportKey key)
{
  if (self->n_slots == 0)
    return -1;
  return (gint64) self->slots[slot_of (self, key)] - 1;
}
