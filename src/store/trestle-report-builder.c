/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-report-segment.h"

#include <string.h>

#include "base/trestle-clock.h"
#include "store/trestle-report-words.h"

#define MAX_WORD 4096
#define MAX_SHOWN 60

typedef struct
{
  int source;         /* column of the file, -1 where it has none */
  char *constant;     /* in the place of a column */
  gboolean first_row; /* names the first row of its record */
  gboolean used;
  guint places; /* most digits behind the point */
  union
  {
    guint16 *index;
    TrestleReportKey *keys;
    gint64 *times;
    TrestleDecimal *numbers;
  };
  TrestleReportWords *words;
  char last[32]; /* the time read last */
  gsize last_length;
  gint64 last_time;
} Column;

struct _TrestleReportBuilder
{
  const TrestleFeed *feed;
  TrestleCsv *csv;
  Column columns[TRESTLE_FEED_MAX_COLUMNS];
  int keys[2];
  guint n_keys;
  guint n;

  const TrestleDataSet *set; /* NULL for a feed */
  int amounts[G_N_ELEMENTS (((TrestleDataSet *) NULL)->rows)];
  char *prefix;
  guint64 records;
  int named[G_N_ELEMENTS (((TrestleDataSet *) NULL)->key)]; /* columns that name a record */
  guint n_named;
  GHashTable *seen; /* what records that name nothing hold → how many */
  int mode;         /* column that says how an instance was used, -1 for none */
  char *dimension;
  char *first_row;
  const TrestleDataSetRow *row; /* that is being made of the record */
  int amount;
};

void
trestle_report_builder_free (TrestleReportBuilder *self)
{
  for (guint c = 0; c < self->feed->n_columns; c++)
    {
      g_free (self->columns[c].index);
      g_free (self->columns[c].constant);
      g_clear_pointer (&self->columns[c].words, trestle_report_words_free);
    }
  g_free (self->prefix);
  g_free (self->dimension);
  g_free (self->first_row);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_free (self);
}

static const gsize widths[] = {
  [TRESTLE_FEED_TEXT] = sizeof (guint16),          [TRESTLE_FEED_CURRENCY] = sizeof (guint16),
  [TRESTLE_FEED_KEY] = sizeof (TrestleReportKey),  [TRESTLE_FEED_TIME] = sizeof (gint64),
  [TRESTLE_FEED_NUMBER] = sizeof (TrestleDecimal),
};

static gboolean
find_column (TrestleReportBuilder *self,
             const char *name,
             gboolean needed,
             int *found,
             GError **error)
{
  *found = trestle_csv_find_column (self->csv, name);
  if (*found >= 0 || !needed)
    return TRUE;
  return trestle_csv_fail (self->csv, -1, error, "there is no column “%s”, which %s has", name,
                           self->feed->name);
}

/* What of the set, or which text, stands in the place of a feed's column. */
static gboolean
find_in_set (TrestleReportBuilder *self,
             Column *column,
             const char *name,
             const char *date,
             GError **error)
{
  const TrestleDataSetField *fields = self->set->fields;

  if (g_str_equal (name, "valid_from") || g_str_equal (name, "update_date"))
    {
      column->constant = g_strdup (date);
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->set->fields) && fields[i].column != NULL; i++)
    {
      if (!g_str_equal (fields[i].column, name))
        continue;
      if (fields[i].header != NULL
          && !find_column (self, fields[i].header, fields[i].text == NULL, &column->source, error))
        return FALSE;
      column->first_row = g_strcmp0 (fields[i].text, TRESTLE_DATA_SET_FIRST_ROW) == 0;
      if (column->source < 0)
        column->constant = fields[i].text != NULL ? g_strdup (fields[i].text)
                                                  : trestle_data_set_dup_day (self->set, date);
    }
  return TRUE;
}

static gboolean
begin_set (TrestleReportBuilder *self, const char *date, GError **error)
{
  const TrestleDataSet *set = self->set;

  self->prefix = trestle_data_set_dup_part (set, date);
  self->mode = -1;
  if (set->mode != NULL && !find_column (self, set->mode, FALSE, &self->mode, error))
    return FALSE;
  for (; self->n_named < G_N_ELEMENTS (set->key) && set->key[self->n_named]; self->n_named++)
    if (!find_column (self, set->key[self->n_named], TRUE, &self->named[self->n_named], error))
      return FALSE;
  if (set->period == TRESTLE_DATA_SET_PAID)
    self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; self->set->amount != NULL && self->set->rows[i].header != NULL; i++)
    if (!find_column (self, self->set->rows[i].header, i == 0, &self->amounts[i], error))
      return FALSE;
  return TRUE;
}

TrestleReportBuilder *
trestle_report_builder_new (const TrestleFeed *feed,
                            TrestleCsv *csv,
                            const TrestleDataSet *set,
                            const char *date,
                            GError **error)
{
  g_autoptr (TrestleReportBuilder) self = g_new0 (TrestleReportBuilder, 1);

  self->feed = feed;
  self->csv = csv;
  self->set = set;
  if (set != NULL && !begin_set (self, date, error))
    return NULL;
  for (; set == NULL && feed->keys[self->n_keys] != NULL; self->n_keys++)
    if (!find_column (self, feed->keys[self->n_keys], TRUE, &self->keys[self->n_keys], error))
      return NULL;
  for (guint c = 0; c < feed->n_columns; c++)
    {
      Column *column = &self->columns[c];
      const char *name = feed->columns[c].name;

      column->source = -1;
      if (c != TRESTLE_FEED_COLUMN_KEY
          && !(set != NULL
                   ? find_in_set (self, column, name, date, error)
                   : find_column (self, name, feed->columns[c].needed, &column->source, error)))
        return NULL;
      column->index = g_malloc_n (TRESTLE_SEGMENT_ROWS, widths[feed->columns[c].kind]);
      if (feed->columns[c].kind == TRESTLE_FEED_TEXT
          || feed->columns[c].kind == TRESTLE_FEED_CURRENCY)
        column->words = trestle_report_words_new ();
    }
  return g_steal_pointer (&self);
}

TrestleReportKey
trestle_report_key_make (const TrestleCsvField *parts, guint n)
{
  TrestleReportKey key = { 0, 0 };

  for (guint i = 0; i < n; i++)
    {
      if (n == 1 && parts[i].length == 0)
        return key;
      key.a = trestle_report_words_hash (parts[i].text, parts[i].length, key.a + 1);
      key.b = trestle_report_words_hash (parts[i].text, parts[i].length,
                                         key.b ^ 0x9e3779b97f4a7c15);
    }
  if (key.a == 0 && key.b == 0)
    key.a = 1;
  return key;
}

/* For messages: what stands in the file, or the beginning of it. */
static char *
show (const TrestleCsvField *field)
{
  g_autofree char *text = g_utf8_make_valid (field->text, (gssize) MIN (field->length, MAX_SHOWN));

  return g_strconcat ("“", text, field->length > MAX_SHOWN ? "…”" : "”", NULL);
}

static gboolean
read_digits (const char *text, guint n, gint64 *value)
{
  *value = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (text[i] - '0');
    }
  return TRUE;
}

/* "2026-03-01T04:05:06Z" and "2026-03-01 04:05:06.0", as the feeds have them. */
static gboolean
parse_usual_time (const char *text, gsize length, gint64 *seconds)
{
  gint64 year, month, day, hour = 0, minute = 0, second = 0, days;
  static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };

  if (length < 10 || !read_digits (text, 4, &year) || text[4] != '-'
      || !read_digits (text + 5, 2, &month) || text[7] != '-' || !read_digits (text + 8, 2, &day))
    return FALSE;
  if (length > 10
      && (length < 19 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':'
          || !read_digits (text + 11, 2, &hour) || !read_digits (text + 14, 2, &minute)
          || !read_digits (text + 17, 2, &second)))
    return FALSE;
  for (gsize i = 19; i < length; i++)
    if (!(i + 1 == length && text[i] == 'Z')
        && !(i == 19 ? text[i] == '.' : text[19] == '.' && g_ascii_isdigit (text[i])))
      return FALSE;
  if (year < 1970 || month < 1 || month > 12 || day < 1
      || day > g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year) || hour > 23
      || minute > 59 || second > 60)
    return FALSE;
  days = (year - 1970) * 365 + (year - 1969) / 4 - (year - 1901) / 100 + (year - 1601) / 400
         + before[month - 1] + day - 1;
  if (month > 2 && ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0))
    days++;
  *seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
  return TRUE;
}

static gboolean
read_time (TrestleReportBuilder *self, Column *column, const TrestleCsvField *field, GError **error)
{
  gint64 *to = &column->times[self->n];
  g_autofree char *text = NULL;
  gint64 time;

  *to = 0;
  if (field->length == 0
      || (field->length == 4 && g_ascii_strncasecmp (field->text, "null", 4) == 0))
    return TRUE;
  column->used = TRUE;
  if (field->length == column->last_length
      && memcmp (field->text, column->last, field->length) == 0)
    {
      *to = column->last_time;
      return TRUE;
    }
  /* Only sets have months. */
  if (self->set != NULL && field->length == strlen ("YYYY-MM"))
    {
      g_autofree char *day = g_strdup_printf ("%.7s-01", field->text);

      if (parse_usual_time (day, strlen (day), to))
        return TRUE;
    }
  if (!parse_usual_time (field->text, field->length, to))
    {
      text = g_strndup (field->text, MIN (field->length, sizeof column->last));
      if (field->length > sizeof column->last || !trestle_clock_parse (text, &time) || time < 0)
        {
          g_autofree char *shown = show (field);

          return trestle_csv_fail (self->csv, column->source, error, "%s is not a date", shown);
        }
      *to = time / TRESTLE_SECOND;
    }
  if (field->length <= sizeof column->last)
    {
      memcpy (column->last, field->text, field->length);
      column->last_length = field->length;
      column->last_time = *to;
    }
  return TRUE;
}

static gboolean
read_number (TrestleReportBuilder *self,
             Column *column,
             const TrestleCsvField *field,
             GError **error)
{
  TrestleDecimal *to = &column->numbers[self->n];
  const char *point;

  *to = 0;
  if (field->length == 0)
    return TRUE;
  if (!trestle_decimal_parse (field->text, field->length, to))
    {
      g_autofree char *shown = show (field);

      return trestle_csv_fail (self->csv, column->source, error,
                               "%s is not a decimal number that can be kept exactly", shown);
    }
  column->used |= *to != 0;
  point = memchr (field->text, '.', field->length);
  if (point != NULL)
    column->places = MAX (column->places, (guint) (field->text + field->length - point - 1));
  if (memchr (field->text, 'e', field->length) != NULL
      || memchr (field->text, 'E', field->length) != NULL)
    column->places = TRESTLE_DECIMAL_PLACES;
  return TRUE;
}

static gboolean
read_text (TrestleReportBuilder *self, Column *column, const TrestleCsvField *field, GError **error)
{
  guint16 *to = &column->index[self->n];

  *to = 0;
  if (field->length == 0)
    return TRUE;
  column->used = TRUE;
  if (field->length > MAX_WORD)
    return trestle_csv_fail (self->csv, column->source, error, "longer than %d bytes", MAX_WORD);
  if (!trestle_report_words_intern (column->words, field->text, field->length, to))
    return trestle_csv_fail (self->csv, column->source, error, "not UTF-8");
  return TRUE;
}

static gboolean
is_currency (const TrestleCsvField *field)
{
  for (gsize i = 0; i < field->length; i++)
    if (!g_ascii_isupper (field->text[i]))
      return FALSE;
  return field->length == 3 || field->length == 0;
}

/* The text of feed column @c, from the file or in its place. */
static TrestleCsvField
get_field (TrestleReportBuilder *self, guint c, const TrestleCsvField *fields)
{
  const Column *column = &self->columns[c];
  const char *text = column->constant;

  if (self->dimension != NULL && g_str_equal (self->feed->columns[c].name, "dimension_key"))
    return (TrestleCsvField) { self->dimension, strlen (self->dimension) };
  if (column->source >= 0)
    return fields[column->source];
  if (column->first_row)
    text = self->first_row;
  if (self->row != NULL && g_str_equal (self->feed->columns[c].name, self->set->amount))
    return fields[self->amount];
  if (self->row != NULL && g_str_equal (self->feed->columns[c].name, "transaction_type"))
    text = self->row->type;
  if (text == NULL)
    text = "";
  return (TrestleCsvField) { text, strlen (text) };
}

static gboolean
read_column (TrestleReportBuilder *self, guint c, const TrestleCsvField *field, GError **error)
{
  Column *column = &self->columns[c];
  TrestleDecimal *number;

  switch (self->feed->columns[c].kind)
    {
    case TRESTLE_FEED_TEXT:
      return read_text (self, column, field, error);
    case TRESTLE_FEED_CURRENCY:
      return is_currency (field) ? read_text (self, column, field, error)
                                 : trestle_csv_fail (self->csv, column->source, error,
                                                     "not a currency’s three letters");
    case TRESTLE_FEED_KEY:
      column->keys[self->n] = trestle_report_key_make (field, 1);
      column->used |= field->length > 0;
      return TRUE;
    case TRESTLE_FEED_TIME:
      return read_time (self, column, field, error);
    case TRESTLE_FEED_NUMBER:
    default:
      if (!read_number (self, column, field, error))
        return FALSE;
      number = &column->numbers[self->n];
      if (self->row != NULL && self->row->sign != 0 && (*number < 0) != (self->row->sign < 0))
        *number = -*number;
      return TRUE;
    }
}

static gboolean
add_row (TrestleReportBuilder *self,
         TrestleReportKey key,
         const TrestleCsvField *fields,
         GError **error)
{
  self->columns[TRESTLE_FEED_COLUMN_KEY].keys[self->n] = key;
  self->columns[TRESTLE_FEED_COLUMN_KEY].used = TRUE;
  for (guint c = TRESTLE_FEED_COLUMN_VALID_FROM; c < self->feed->n_columns; c++)
    {
      TrestleCsvField field = get_field (self, c, fields);

      if (G_UNLIKELY (!read_column (self, c, &field, error)))
        return FALSE;
    }
  self->n++;
  return TRUE;
}

static void
append_field (GString *out, const TrestleCsvField *field)
{
  g_string_append_printf (out, " %" G_GSIZE_FORMAT ":", field->length);
  g_string_append_len (out, field->text, (gssize) field->length);
}

/* Records of a set have no identifier. They are named by their place in it; where another set, or one of another
 * date, may have the same thing, by columns, or by all that they hold. */
static char *
dup_record_name (TrestleReportBuilder *self, const TrestleCsvField *fields)
{
  g_autoptr (GString) name = NULL;
  guint n;

  if (self->n_named == 0 && self->seen == NULL)
    return g_strdup_printf ("%s %" G_GUINT64_FORMAT, self->prefix, self->records);
  name = g_string_new (self->n_named > 0 ? self->feed->name : self->set->name);
  for (guint i = 0; i < self->n_named; i++)
    append_field (name, &fields[self->named[i]]);
  if (self->n_named > 0)
    return g_string_free (g_steal_pointer (&name), FALSE);
  for (guint i = 0; i < g_strv_length ((char **) trestle_csv_get_columns (self->csv)); i++)
    append_field (name, &fields[i]);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, name->str)) + 1;
  g_hash_table_insert (self->seen, g_strdup (name->str), GUINT_TO_POINTER (n));
  g_string_append_printf (name, " %u", n);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static char *
dup_dimension (TrestleReportBuilder *self, const TrestleCsvField *fields)
{
  const Column *instances = NULL;
  g_autofree char *words = NULL;
  g_autofree char *instance = NULL;

  for (guint c = 0; c < self->feed->n_columns; c++)
    if (g_str_equal (self->feed->columns[c].name, "dimension_key"))
      instances = &self->columns[c];
  if (self->mode < 0 || instances == NULL || instances->source < 0)
    return NULL;
  words = g_strndup (fields[self->mode].text, fields[self->mode].length);
  instance = g_strndup (fields[instances->source].text, fields[instances->source].length);
  return trestle_data_set_dup_dimension (instance, words);
}

static gboolean
add_record (TrestleReportBuilder *self, const TrestleCsvField *fields, GError **error)
{
  g_autofree char *record = NULL;
  g_autofree char *place = NULL;
  gboolean ok = TRUE;

  self->records++;
  record = dup_record_name (self, fields);
  g_free (self->dimension);
  self->dimension = dup_dimension (self, fields);
  g_free (self->first_row);
  self->first_row = g_strconcat (record, " 0", NULL);
  for (guint i = 0; ok && (i == 0 || (self->set->amount != NULL && self->set->rows[i].header)); i++)
    {
      TrestleCsvField name;

      self->row = self->set->amount != NULL ? &self->set->rows[i] : NULL;
      self->amount = self->amounts[i];
      if (self->row != NULL && self->amount < 0)
        continue;
      g_free (place);
      place = g_strdup_printf ("%s %u", record, i);
      name = (TrestleCsvField) { place, strlen (place) };
      ok = add_row (self, trestle_report_key_make (&name, 1), fields, error);
    }
  return ok;
}

gboolean
trestle_report_builder_add (TrestleReportBuilder *self,
                            const TrestleCsvField *fields,
                            GError **error)
{
  TrestleCsvField key[2];

  g_return_val_if_fail (!trestle_report_builder_is_full (self), FALSE);

  if (self->set != NULL)
    return add_record (self, fields, error);
  for (guint i = 0; i < self->n_keys; i++)
    key[i] = fields[self->keys[i]];
  if (key[0].length == 0)
    return trestle_csv_fail (self->csv, self->keys[0], error, "empty, though it names the row");
  return add_row (self, trestle_report_key_make (key, self->n_keys), fields, error);
}

gboolean
trestle_report_builder_is_full (TrestleReportBuilder *self)
{
  return self->n + G_N_ELEMENTS (self->amounts) > TRESTLE_SEGMENT_ROWS;
}

guint
trestle_report_builder_get_rows (TrestleReportBuilder *self)
{
  return self->n;
}

gboolean
trestle_report_builder_write (TrestleReportBuilder *self, sqlite3 *db, gint64 part, GError **error)
{
  g_autoptr (TrestleStatement) stmt = NULL;
  gint64 segment;

  if (!trestle_database_run (db, error, "INSERT INTO segment (part, rows) VALUES (?, ?)", "ii",
                             part, (gint64) self->n))
    return FALSE;
  segment = sqlite3_last_insert_rowid (db);
  stmt = trestle_database_prepare (db, error, "INSERT INTO piece VALUES (?, ?)", "");
  if (stmt == NULL)
    return FALSE;
  for (guint c = 0; c < self->feed->n_columns; c++)
    {
      Column *column = &self->columns[c];
      g_autoptr (GByteArray) packed = g_byte_array_new ();
      gboolean used = column->used;

      switch (self->feed->columns[c].kind)
        {
        case TRESTLE_FEED_TEXT:
        case TRESTLE_FEED_CURRENCY:
          trestle_report_words_pack (column->words, packed, column->index, self->n);
          trestle_report_words_reset (column->words);
          break;
        case TRESTLE_FEED_KEY:
          g_byte_array_append (packed, (const guint8 *) column->keys,
                               self->n * (guint) sizeof *column->keys);
          break;
        case TRESTLE_FEED_TIME:
          trestle_report_pack_times (packed, column->times, self->n);
          break;
        case TRESTLE_FEED_NUMBER:
        default:
          trestle_report_pack_numbers (packed, column->numbers, self->n, column->places);
        }
      column->used = FALSE;
      column->places = 0;
      if (!used)
        continue;
      sqlite3_bind_int64 (stmt, 1, segment * TRESTLE_FEED_MAX_COLUMNS + c);
      sqlite3_bind_blob64 (stmt, 2, packed->data, packed->len, SQLITE_STATIC);
      if (sqlite3_step (stmt) != SQLITE_DONE)
        return trestle_database_fail (db, error, "write the local store of reports");
      sqlite3_reset (stmt);
      sqlite3_clear_bindings (stmt);
    }
  self->n = 0;
  return TRUE;
}
