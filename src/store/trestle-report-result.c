/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include <glib/gi18n.h>
#include <string.h>

#include "base/trestle-clock.h"
#include "store/trestle-report-run.h"
#include "store/trestle-store.h"

#define MAX_SERIES 5
#define DAY_SECONDS (24 * 60 * 60)

/* The sums of a group in one currency, with what falls to each series. */
typedef struct
{
  guint32 group;
  guint32 currency;
  TrestleDecimal *values; /* n_columns, then n_series */
} Line;

typedef struct
{
  TrestleReportRun *run;
  GHashTable *series; /* split + 1 → series + 1 */
  guint n_series;
  GArray *lines; /* of Line */
  gboolean by_time;
  guint sort;
  gboolean ascending;
} Result;

static gboolean
is_time (TrestleReportGroup group)
{
  return group == TRESTLE_REPORT_GROUP_MONTH || group == TRESTLE_REPORT_GROUP_DAY;
}

/** Returns: (transfer full): "2026-03", "2026-03-01", or a member's key */
static char *
dup_key (TrestleReportRun *run, TrestleReportGroup group, guint32 id)
{
  g_autofree char *time = NULL;

  if (group == TRESTLE_REPORT_GROUP_MONTH)
    return g_strdup_printf ("%04u-%02u", id / 12, id % 12 + 1);
  if (group == TRESTLE_REPORT_GROUP_DAY)
    {
      time = trestle_clock_format_iso ((gint64) id * DAY_SECONDS * TRESTLE_SECOND);
      return g_strndup (time, 10);
    }
  return g_strdup (trestle_report_run_member (run, group, id)->key);
}

static char *
dup_label (TrestleReportRun *run, TrestleReportGroup group, guint32 id)
{
  return is_time (group) ? dup_key (run, group, id)
                         : g_strdup (trestle_report_run_member (run, group, id)->label);
}

static const char *
currency_of (TrestleReportRun *run, guint32 id)
{
  return trestle_report_run_member (run, TRESTLE_REPORT_GROUP_NONE, id)->key;
}

typedef struct
{
  guint32 split;
  TrestleDecimal sum;
} Candidate;

static int
largest_first (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->sum != y->sum)
    return x->sum > y->sum ? -1 : 1;
  return x->split < y->split ? -1 : x->split > y->split;
}

/* By size in the currency that most rows are in: the others are never added to it. */
static GArray *
rank_splits (TrestleReportRun *run)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  guint counts[256] = { 0 }, lead = 0;
  guint32 group, split, currency;

  for (guint i = 0; i < trestle_report_cells_get_n (run->cells); i++)
    {
      trestle_report_cells_get_nth (run->cells, i, &group, &split, &currency);
      counts[currency]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] > counts[lead])
      lead = i;
  for (guint i = 0; i < trestle_report_cells_get_n (run->cells); i++)
    {
      const TrestleDecimal *values = trestle_report_cells_get_nth (run->cells, i, &group, &split,
                                                                   &currency);
      guint at = GPOINTER_TO_UINT (g_hash_table_lookup (places, GUINT_TO_POINTER (split + 1)));
      Candidate *candidate;

      if (at == 0)
        {
          Candidate fresh = { split, 0 };

          g_array_append_val (candidates, fresh);
          at = candidates->len;
          g_hash_table_insert (places, GUINT_TO_POINTER (split + 1), GUINT_TO_POINTER (at));
        }
      candidate = &g_array_index (candidates, Candidate, at - 1);
      if (currency == lead)
        run->too_large |= !trestle_decimal_add (&candidate->sum, values[run->info->main]);
    }
  if (is_time (run->split))
    return candidates;
  g_array_sort (candidates, largest_first);
  return candidates;
}

static void
choose_series (Result *self, TrestleReport *report)
{
  TrestleReportRun *run = self->run;
  g_autoptr (GArray) candidates = NULL;
  GListStore *series = G_LIST_STORE (trestle_report_get_series (report));

  if (run->split == TRESTLE_REPORT_GROUP_NONE)
    return;
  candidates = rank_splits (run);
  for (guint i = 0; i < candidates->len; i++)
    {
      guint32 split = g_array_index (candidates, Candidate, i).split;
      gboolean own = i < MAX_SERIES || candidates->len == MAX_SERIES + 1;
      g_autoptr (TrestleReportChoice) choice = NULL;

      if (own || i == MAX_SERIES)
        {
          g_autofree char *key = own ? dup_key (run, run->split, split) : g_strdup ("");
          g_autofree char *label = own ? dup_label (run, run->split, split)
                                       : g_strdup (_ ("Other"));

          choice = g_object_new (TRESTLE_TYPE_REPORT_CHOICE, "key", key, "label", label, NULL);
          g_list_store_append (series, choice);
          self->n_series++;
        }
      g_hash_table_insert (self->series, GUINT_TO_POINTER (split + 1),
                           GUINT_TO_POINTER (self->n_series));
    }
}

static TrestleDecimal *
find_line (Result *self, GHashTable *places, guint32 group, guint32 currency)
{
  gint64 place = (gint64) group << 8 | currency;
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (places, &place));

  if (at == 0)
    {
      Line line = { group, currency,
                    g_new0 (TrestleDecimal, self->run->info->n_columns + self->n_series) };

      g_array_append_val (self->lines, line);
      at = self->lines->len;
      g_hash_table_insert (places, g_memdup2 (&place, sizeof place), GUINT_TO_POINTER (at));
    }
  return g_array_index (self->lines, Line, at - 1).values;
}

/* A month in which nothing was is an answer too. */
static void
fill_months (Result *self, GHashTable *places)
{
  guint32 first[256], last[256] = { 0 };
  guint32 group, split, currency;

  memset (first, 0xff, sizeof first);
  for (guint i = 0; i < trestle_report_cells_get_n (self->run->cells); i++)
    {
      trestle_report_cells_get_nth (self->run->cells, i, &group, &split, &currency);
      first[currency] = MIN (first[currency], group);
      last[currency] = MAX (last[currency], group);
    }
  for (guint c = 0; c < G_N_ELEMENTS (first); c++)
    for (guint32 month = first[c]; month <= last[c]; month++)
      find_line (self, places, month, c);
}

static void
gather_lines (Result *self)
{
  TrestleReportRun *run = self->run;
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < trestle_report_cells_get_n (run->cells); i++)
    {
      guint32 group, split, currency;
      const TrestleDecimal *cell = trestle_report_cells_get_nth (run->cells, i, &group, &split,
                                                                 &currency);
      TrestleDecimal *values = find_line (self, places, group, currency);
      guint series = GPOINTER_TO_UINT (
          g_hash_table_lookup (self->series, GUINT_TO_POINTER (split + 1)));

      for (guint c = 0; c < run->info->n_columns; c++)
        run->too_large |= !trestle_decimal_add (&values[c], cell[c]);
      if (series != 0)
        run->too_large |= !trestle_decimal_add (&values[run->info->n_columns + series - 1],
                                                cell[run->info->main]);
    }
  if (run->group == TRESTLE_REPORT_GROUP_MONTH)
    fill_months (self, places);
}

static const char *
key_of (TrestleReportRun *run, guint32 group)
{
  return trestle_report_run_member (run, run->group, group)->key;
}

static int
compare_lines (gconstpointer a, gconstpointer b, gpointer data)
{
  const Line *x = a, *y = b;
  Result *self = data;
  TrestleReportRun *run = self->run;
  int order;

  if (self->by_time)
    {
      if (x->group != y->group)
        {
          gboolean earlier = is_time (run->group)
                                 ? x->group < y->group
                                 : strcmp (key_of (run, x->group), key_of (run, y->group)) < 0;

          return earlier == self->ascending ? -1 : 1;
        }
      return strcmp (currency_of (run, x->currency), currency_of (run, y->currency));
    }
  order = strcmp (currency_of (run, x->currency), currency_of (run, y->currency));
  if (order != 0)
    return order;
  if (x->values[self->sort] != y->values[self->sort])
    return (x->values[self->sort] < y->values[self->sort]) == self->ascending ? -1 : 1;
  if (is_time (run->group))
    return x->group < y->group ? -1 : 1;
  return strcmp (key_of (run, x->group), key_of (run, y->group));
}

static void
line_clear (gpointer data)
{
  Line *self = data;

  g_free (self->values);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (trestle_report_row_get_currency ((TrestleReportRow *) a),
                 trestle_report_row_get_currency ((TrestleReportRow *) b));
}

static void
write_totals (TrestleReportRun *run, GListStore *totals)
{
  for (guint i = 0; i < trestle_report_cells_get_n (run->totals); i++)
    {
      guint32 group, split, currency;
      const TrestleDecimal *values = trestle_report_cells_get_nth (run->totals, i, &group, &split,
                                                                   &currency);
      g_autoptr (TrestleReportRow)
          row = trestle_report_row_new ("total", _ ("Total"), NULL, currency_of (run, currency),
                                        values, run->info->n_columns, NULL, 0);

      g_list_store_insert_sorted (totals, row, compare_rows, NULL);
    }
}

/* Made once for each: collating is slow, and there may be thousands of buyers. */
typedef struct
{
  char *order;
  const TrestleReportMember *member;
} Choice;

static void
choice_clear (gpointer data)
{
  Choice *self = data;

  g_free (self->order);
}

static int
compare_choices (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Choice *) a)->order, ((const Choice *) b)->order);
}

static void
write_choice_list (GPtrArray *members, GListStore *list)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Choice));
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  g_array_set_clear_func (sorted, choice_clear);
  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      const TrestleReportMember *member = g_ptr_array_index (members, i);
      Choice choice = { g_utf8_collate_key (member->label, -1), member };

      g_array_append_val (sorted, choice);
    }
  g_array_sort (sorted, compare_choices);
  for (guint i = 0; i < sorted->len; i++)
    {
      const TrestleReportMember *member = g_array_index (sorted, Choice, i).member;

      if (*member->key != '\0')
        g_ptr_array_add (choices, g_object_new (TRESTLE_TYPE_REPORT_CHOICE, "key", member->key,
                                                "label", member->label, NULL));
    }
  g_list_store_splice (list, 0, 0, choices->pdata, choices->len);
}

static void
write_choices (TrestleReportRun *run, TrestleReport *report)
{
  static const TrestleReportGroup groups[] = {
    TRESTLE_REPORT_GROUP_NONE, TRESTLE_REPORT_GROUP_PRODUCT, TRESTLE_REPORT_GROUP_INSTANCE,
    TRESTLE_REPORT_GROUP_BUYER, TRESTLE_REPORT_GROUP_COUNTRY
  };

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    write_choice_list (run->members[groups[g]].all,
                       G_LIST_STORE (trestle_report_get_choices (report, groups[g])));
}

void
trestle_report_write_rows (TrestleReportRun *run, TrestleReport *report)
{
  const char *sort = trestle_report_query_get_sort (run->query);
  int column = sort != NULL ? trestle_report_info_find_column (run->info, sort) : -1;
  g_autoptr (GHashTable) series = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  Result self = {
    .run = run,
    .series = series,
    .lines = lines,
    .by_time = column < 0
               && (is_time (run->group) || run->group == TRESTLE_REPORT_GROUP_DISBURSEMENT),
    .sort = column >= 0 ? (guint) column : run->info->main,
    .ascending = trestle_report_query_get_ascending (run->query),
  };

  g_array_set_clear_func (lines, line_clear);
  choose_series (&self, report);
  gather_lines (&self);
  g_array_sort_with_data (lines, compare_lines, &self);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);
      g_autofree char *key = dup_key (run, run->group, line->group);
      g_autofree char *label = dup_label (run, run->group, line->group);
      const char *detail = is_time (run->group)
                               ? NULL
                               : trestle_report_run_member (run, run->group, line->group)->detail;

      g_ptr_array_add (
          rows, trestle_report_row_new (key, label, g_strcmp0 (detail, label) != 0 ? detail : NULL,
                                        currency_of (run, line->currency), line->values,
                                        run->info->n_columns, line->values + run->info->n_columns,
                                        self.n_series));
    }
  g_list_store_splice (G_LIST_STORE (trestle_report_get_rows (report)), 0, 0, rows->pdata,
                       rows->len);
  write_totals (run, G_LIST_STORE (trestle_report_get_totals (report)));
  write_choices (run, report);
  for (guint c = 0; c < run->info->n_columns; c++)
    if ((run->hidden >> c) & 1)
      trestle_report_hide_column (report, c);
  trestle_report_set_facts (report, run->n_facts, run->earliest * TRESTLE_SECOND,
                            run->latest * TRESTLE_SECOND);
}
