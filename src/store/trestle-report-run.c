/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-report-run.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/trestle-clock.h"
#include "domain/trestle-dimensions.h"
#include "store/trestle-store.h"

#define MAX_CURRENCIES 200
#define DAY_SECONDS (24 * 60 * 60)

gboolean
trestle_report_run_each (TrestleReportRun *self,
                         TrestleFeedId feed,
                         guint32 want,
                         TrestleReportFrameFunc func,
                         gpointer data,
                         GError **error)
{
  g_autoptr (GArray) segments = trestle_report_segments (self->db, self->scope, feed, error);

  if (segments == NULL)
    return FALSE;
  for (guint s = 0; s < segments->len; s++)
    {
      const TrestleReportSegment *segment = &g_array_index (segments, TrestleReportSegment, s);
      TrestleReportFrame frame = { .n = segment->rows };
      gsize length = 0;
      gboolean ok = TRUE;

      if (segment->current != NULL)
        frame.current = g_bytes_get_data (segment->current, &length);
      if (length * 8 < segment->rows)
        {
          g_set_error_literal (
              error, TRESTLE_STORE_ERROR, TRESTLE_STORE_ERROR_CORRUPT,
              "The local store of reports is damaged; fetch the reports again from "
              "the beginning");
          return FALSE;
        }
      for (guint c = 0; c < TRESTLE_FEED_MAX_COLUMNS && ok; c++)
        if ((want >> c) & 1)
          ok = trestle_report_column_read (&frame.columns[c], self->db, trestle_feed_get (feed),
                                           segment->id, segment->rows, c, error);
      ok = ok && func (self, &frame, data, error);
      for (guint c = 0; c < TRESTLE_FEED_MAX_COLUMNS; c++)
        trestle_report_column_clear (&frame.columns[c]);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

/* Key column → value column of the valid rows. */
typedef struct
{
  guint key;
  guint value;
  GHashTable *table;
  guint only; /* column that has to hold @only_text; 0 for any */
  const char *only_text;
} Reading;

static gboolean
read_pairs (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  Reading *reading = data;

  for (guint i = 0; i < frame->n; i++)
    if (trestle_report_segment_has (frame->current, i)
        && (reading->only == 0
            || strstr (trestle_report_frame_text (frame, reading->only, i), reading->only_text)))
      g_hash_table_replace (reading->table,
                            g_strdup (trestle_report_frame_text (frame, reading->key, i)),
                            g_strdup (trestle_report_frame_text (frame, reading->value, i)));
  return TRUE;
}

static GHashTable *
load (TrestleReportRun *self,
      TrestleFeedId feed,
      guint key,
      guint value,
      guint only,
      const char *only_text,
      GError **error)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Reading reading = { key, value, table, only, only_text };
  guint32 want = TRESTLE_REPORT_WANT (key) | TRESTLE_REPORT_WANT (value);

  if (only != 0)
    want |= TRESTLE_REPORT_WANT (only);
  return trestle_report_run_each (self, feed, want, read_pairs, &reading, error)
             ? g_steal_pointer (&table)
             : NULL;
}

/* An account's address → what the address says. */
static GHashTable *
follow (GHashTable *addresses, GHashTable *facts)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer account, address;

  g_hash_table_iter_init (&iter, addresses);
  while (g_hash_table_iter_next (&iter, &account, &address))
    {
      const char *fact = g_hash_table_lookup (facts, address);

      if (fact != NULL && *fact != '\0')
        g_hash_table_insert (table, g_strdup (account), g_strdup (fact));
    }
  return table;
}

gboolean
trestle_report_run_load_names (TrestleReportRun *self, GError **error)
{
  g_autoptr (GHashTable) addresses = NULL;
  g_autoptr (GHashTable) companies = NULL;
  g_autoptr (GHashTable) countries = NULL;

  self->titles = load (self, TRESTLE_FEED_PRODUCT, TRESTLE_SOLD_ID, TRESTLE_SOLD_TITLE, 0, NULL,
                       error);
  if (self->titles != NULL)
    self->successors = load (self, TRESTLE_FEED_LEGACY_ID, TRESTLE_LEGACY_ID, TRESTLE_LEGACY_NEW_ID,
                             TRESTLE_LEGACY_TYPE, "PRODUCT", error);
  if (self->successors != NULL)
    self->aws_ids = load (self, TRESTLE_FEED_ACCOUNT, TRESTLE_ACCOUNT_ID, TRESTLE_ACCOUNT_AWS_ID, 0,
                          NULL, error);
  if (self->aws_ids != NULL)
    addresses = load (self, TRESTLE_FEED_ACCOUNT, TRESTLE_ACCOUNT_ID, TRESTLE_ACCOUNT_ADDRESS, 0,
                      NULL, error);
  if (addresses != NULL)
    companies = load (self, TRESTLE_FEED_ADDRESS, TRESTLE_ADDRESS_ID, TRESTLE_ADDRESS_COMPANY, 0,
                      NULL, error);
  if (companies != NULL)
    countries = load (self, TRESTLE_FEED_ADDRESS, TRESTLE_ADDRESS_ID, TRESTLE_ADDRESS_COUNTRY, 0,
                      NULL, error);
  if (countries == NULL)
    return FALSE;
  self->companies = follow (addresses, companies);
  self->countries = follow (addresses, countries);
  return TRUE;
}

gboolean
trestle_report_run_load_agreements (TrestleReportRun *self, GError **error)
{
  if (self->trials == NULL)
    self->trials = load (self, TRESTLE_FEED_AGREEMENT_TERM, TRESTLE_TERM_AGREEMENT,
                         TRESTLE_TERM_TYPE, TRESTLE_TERM_TYPE, "FreeTrialPricingTerm", error);
  if (self->trials != NULL && self->offer_goods == NULL)
    self->offer_goods = load (self, TRESTLE_FEED_OFFER_PRODUCT, TRESTLE_OFFERED_OFFER,
                              TRESTLE_OFFERED_PRODUCT, 0, NULL, error);
  return self->offer_goods != NULL;
}

static void
member_free (gpointer data)
{
  TrestleReportMember *self = data;

  g_free (self->key);
  g_free (self->label);
  g_free (self->detail);
  g_free (self);
}

static gboolean
is_allowed (const char *const *filter, const TrestleReportMember *member, const char *alias)
{
  if (filter == NULL)
    return TRUE;
  for (guint i = 0; filter[i] != NULL; i++)
    {
      g_autofree char *asked = g_utf8_casefold (filter[i], -1);
      g_autofree char *label = g_utf8_casefold (member->label, -1);

      if (g_str_equal (filter[i], member->key) || g_strcmp0 (filter[i], alias) == 0
          || g_str_equal (asked, label))
        return TRUE;
    }
  return FALSE;
}

guint32
trestle_report_run_intern (TrestleReportRun *self,
                           TrestleReportGroup group,
                           const char *key,
                           const char *label,
                           const char *detail)
{
  TrestleReportMembers *members = &self->members[group];
  TrestleReportMember *member;
  guint id;

  if (members->all == NULL)
    {
      members->all = g_ptr_array_new_with_free_func (member_free);
      members->ids = g_hash_table_new (g_str_hash, g_str_equal);
    }
  id = GPOINTER_TO_UINT (g_hash_table_lookup (members->ids, key));
  if (id == 0)
    {
      if (group == TRESTLE_REPORT_GROUP_NONE && members->all->len >= MAX_CURRENCIES)
        {
          self->too_large = TRUE;
          return TRESTLE_REPORT_NOBODY;
        }
      member = g_new0 (TrestleReportMember, 1);
      member->key = g_strdup (key);
      member->label = g_strdup (label);
      member->detail = g_strdup (detail);
      member->allowed = is_allowed (members->filter, member, detail);
      g_ptr_array_add (members->all, member);
      id = members->all->len;
      g_hash_table_insert (members->ids, member->key, GUINT_TO_POINTER (id));
    }
  member = g_ptr_array_index (members->all, id - 1);
  return member->allowed ? id - 1 : TRESTLE_REPORT_NOBODY;
}

const TrestleReportMember *
trestle_report_run_member (TrestleReportRun *self, TrestleReportGroup group, guint32 id)
{
  return g_ptr_array_index (self->members[group].all, id);
}

static const char *
look_up (GHashTable *table, const char *key)
{
  const char *value = table != NULL ? g_hash_table_lookup (table, key) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

guint32
trestle_report_run_find (TrestleReportRun *self, TrestleReportGroup group, const char *text)
{
  g_autofree char *instance = NULL;
  const char *label = text, *found;

  switch (group)
    {
    case TRESTLE_REPORT_GROUP_PRODUCT:
      if (look_up (self->titles, text) == NULL)
        {
          found = look_up (self->successors, text);
          text = found != NULL ? found : text;
        }
      found = look_up (self->titles, text);
      label = found != NULL ? found : text;
      return trestle_report_run_intern (self, group, text, *label ? label : "–", text);
    case TRESTLE_REPORT_GROUP_BUYER:
      found = look_up (self->companies, text);
      label = found;
      found = look_up (self->aws_ids, text);
      text = found != NULL ? found : text;
      label = label != NULL ? label : text;
      return trestle_report_run_intern (self, group, text, *label ? label : "–", text);
    case TRESTLE_REPORT_GROUP_COUNTRY:
      /* An account's, or as the tax feed has it: a country's two letters. */
      found = strlen (text) == 2 ? text : look_up (self->countries, text);
      return trestle_report_run_intern (self, group, found ? found : "", found ? found : "–", NULL);
    case TRESTLE_REPORT_GROUP_INSTANCE:
      if (trestle_dimension_parse (text, &instance) == TRESTLE_USAGE_MODE_INFERENCE)
        return trestle_report_run_intern (self, group, "requests", _ ("Per Request"), NULL);
      label = instance != NULL ? instance : text;
      return trestle_report_run_intern (self, group, label, *label ? label : "–", NULL);
    case TRESTLE_REPORT_GROUP_NONE:
    case TRESTLE_REPORT_GROUP_MONTH:
    case TRESTLE_REPORT_GROUP_DAY:
    case TRESTLE_REPORT_GROUP_INVOICE:
    case TRESTLE_REPORT_GROUP_DISBURSEMENT:
    case TRESTLE_REPORT_GROUP_JURISDICTION:
    default:
      return trestle_report_run_intern (self, group, text, *text ? text : "–", NULL);
    }
}

guint32 *
trestle_report_run_map (TrestleReportRun *self,
                        TrestleReportFrame *frame,
                        TrestleReportGroup group,
                        guint column)
{
  guint n = frame->columns[column].n_words;
  g_autofree gboolean *used = g_new0 (gboolean, n);
  guint32 *ids = g_new (guint32, n);

  /* The empty word is always there, and is a choice only where it is said. */
  for (guint i = 0; i < frame->n; i++)
    used[frame->columns[column].index[i]] = TRUE;
  for (guint i = 0; i < n; i++)
    ids[i] = used[i] ? trestle_report_run_find (self, group, frame->columns[column].words[i])
                     : TRESTLE_REPORT_NOBODY;
  return ids;
}

void
trestle_report_axes_add (TrestleReportAxes *self,
                         TrestleReportFrame *frame,
                         TrestleReportGroup group,
                         guint column)
{
  g_return_if_fail (self->n < G_N_ELEMENTS (self->axes));

  self->axes[self->n].index = frame->columns[column].index;
  self->axes[self->n].ids = trestle_report_run_map (self->run, frame, group, column);
  self->axes[self->n].is_group = group == self->run->group;
  self->axes[self->n].is_split = group == self->run->split;
  self->n++;
}

void
trestle_report_axes_clear (TrestleReportAxes *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->axes[i].ids);
  self->n = 0;
}

guint32
trestle_report_month_of (TrestleReportRun *self, gint64 seconds)
{
  gint64 day = seconds / DAY_SECONDS;

  if (day != self->month_day || self->month == 0)
    {
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (day * DAY_SECONDS);

      self->month_day = day;
      self->month = date != NULL ? (guint32) (g_date_time_get_year (date) * 12
                                              + g_date_time_get_month (date) - 1)
                                 : 1;
    }
  return self->month;
}

static guint32
time_place (TrestleReportRun *self, TrestleReportGroup group, gint64 time, guint32 otherwise)
{
  if (group == TRESTLE_REPORT_GROUP_MONTH)
    return trestle_report_month_of (self, time);
  if (group == TRESTLE_REPORT_GROUP_DAY)
    return (guint32) (time / DAY_SECONDS);
  return otherwise;
}

gboolean
trestle_report_run_when (TrestleReportRun *self, gint64 time, guint32 *group, guint32 *split)
{
  if (time <= 0)
    return FALSE;
  self->latest = MAX (self->latest, time);
  if (self->earliest == 0 || time < self->earliest)
    self->earliest = time;
  if ((self->from != 0 && time < self->from) || (self->to != 0 && time >= self->to))
    return FALSE;
  self->n_facts++;
  *group = time_place (self, self->group, time, *group);
  *split = time_place (self, self->split, time, *split);
  return TRUE;
}
