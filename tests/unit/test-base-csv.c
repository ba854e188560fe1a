/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/trestle-csv.h"

static GInputStream *
make_stream (const char *text, gsize length)
{
  return g_memory_input_stream_new_from_data (g_memdup2 (text, length), (gssize) length, g_free);
}

/* "a|b;c|d" of all records, the first with the columns' names. */
static char *
read_all (const char *text, gsize length, GError **error)
{
  g_autoptr (GInputStream) stream = make_stream (text, length);
  g_autoptr (TrestleCsv) csv = trestle_csv_new (stream, "file", error);
  g_autoptr (GString) out = NULL;
  const TrestleCsvField *fields;
  GError *reason = NULL;
  g_autofree char *head = NULL;

  if (csv == NULL)
    return NULL;
  head = g_strjoinv ("|", (char **) trestle_csv_get_columns (csv));
  out = g_string_new (head);
  while (trestle_csv_next (csv, &fields, &reason))
    for (guint i = 0; trestle_csv_get_columns (csv)[i] != NULL; i++)
      {
        g_string_append_c (out, i == 0 ? ';' : '|');
        g_string_append_len (out, fields[i].text, (gssize) fields[i].length);
      }
  if (reason != NULL)
    {
      g_propagate_error (error, reason);
      return NULL;
    }
  return g_string_free_and_steal (g_steal_pointer (&out));
}

static void
test_read (void)
{
  static const struct
  {
    const char *in, *out;
  } good[] = {
    { "a,b\n1,2\n", "a|b;1|2" },
    { "a,b\r\n1,2\r\n", "a|b;1|2" },
    { "a,b\n1,2", "a|b;1|2" },
    { "a,b\n1,2\r", "a|b;1|2" },
    { "\xef\xbb\xbf"
      "a,b\n1,2\n",
      "a|b;1|2" },
    { "a,b\n", "a|b" },
    { "a,b", "a|b" },
    { " a , b \n1, 2\n", "a|b;1| 2" },
    { "a,b\n,\n", "a|b;|" },
    { "a,b\n\n\r\n1,2\n\n", "a|b;1|2" },
    { "a,b\n\"1,\"\"x\"\"\",\"2\n3\"\n", "a|b;1,\"x\"|2\n3" },
    { "a,b\n\"\",\"\"\"\"\n", "a|b;|\"" },
    { "a,b\n\"1\",\"2\"", "a|b;1|2" },
    { "a,b\n1\t,ü\n", "a|b;1\t|ü" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = read_all (good[i].in, strlen (good[i].in), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, good[i].out);
    }
}

static void
test_refuse (void)
{
  static const struct
  {
    const char *in;
    gsize length;
    const char *message;
  } bad[] = {
    { "", 0, "file, line 1: the file is empty" },
    { "\n\n", 2, "the file is empty" },
    { "a,b\n1,2\n\"3", 10, "file, line 3, column a: the file ends inside of quotes" },
    { "a,b\n1,\"2", 8, "file, line 2, column b: the file ends inside of quotes" },
    { "a,b\n1,2\"\n", 9, "file, line 2, column b: a quote inside" },
    { "a,b\n\"1\"x,2\n", 11, "file, line 2, column a: text behind" },
    { "a,b\n1\n", 6, "file, line 2: the record has 1 fields" },
    { "a,b\n1,2,3\n", 10, "file, line 2: the record has 3 fields" },
    { "a,b\n1,\0\n", 8, "file, line 2, column b: control character 0x00" },
    { "a,b\n\"1\n\",2\n3,\x1b\n", 15, "file, line 4, column b: control character 0x1b" },
    { "a,b\n1\r2,3\n", 10, "a carriage return without" },
    { "a,\xff\n", 5, "the name is not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = read_all (bad[i].in, bad[i].length, &error);

      g_assert_null (text);
      g_assert_error (error, TRESTLE_CSV_ERROR, TRESTLE_CSV_ERROR_SYNTAX);
      if (strstr (error->message, bad[i].message) == NULL)
        g_error ("“%s” says “%s”, not “%s”", bad[i].in, error->message, bad[i].message);
    }
}

/* Records that lie across the places where the stream is read, quotes and all. */
static void
test_long (void)
{
  g_autoptr (GString) in = g_string_new ("a,b\n");
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (TrestleCsv) csv = NULL;
  g_autoptr (GError) error = NULL;
  const TrestleCsvField *fields;
  guint n = 0;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (in, "%u,\"%0*d\"\"\n\"\n", i, (int) (i % 211) + 1, 7);
  stream = make_stream (in->str, in->len);
  csv = trestle_csv_new (stream, "file", &error);
  g_assert_no_error (error);
  for (; trestle_csv_next (csv, &fields, &error); n++)
    {
      g_autofree char *number = g_strdup_printf ("%u", n);
      g_autofree char *text = g_strdup_printf ("%0*d\"\n", (int) (n % 211) + 1, 7);

      g_assert_cmpmem (fields[0].text, fields[0].length, number, strlen (number));
      g_assert_cmpmem (fields[1].text, fields[1].length, text, strlen (text));
      g_assert_cmpuint (trestle_csv_get_line (csv), ==, 2 + 2 * n);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 20000);
  g_assert_cmpuint (trestle_csv_get_bytes (csv), ==, in->len);
}

static void
test_bounds (void)
{
  g_autoptr (GString) in = g_string_new ("a\n\"");
  g_autoptr (GString) wide = g_string_new ("a");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;

  for (guint i = 0; i < 8 * 1024 * 1024; i += 16)
    g_string_append (in, "0123456789abcdef");
  g_assert_null (read_all (in->str, in->len, &error));
  g_assert_error (error, TRESTLE_CSV_ERROR, TRESTLE_CSV_ERROR_SIZE);
  for (guint i = 0; i < TRESTLE_CSV_MAX_FIELDS; i++)
    g_string_append (wide, ",a");
  g_assert_null (read_all (wide->str, wide->len, &other));
  g_assert_error (other, TRESTLE_CSV_ERROR, TRESTLE_CSV_ERROR_SIZE);
}

static void
test_write (void)
{
  static const char *const texts[] = { "", "plain", "a,b", "say \"x\"", "two\nlines", "\r", " x " };
  g_autoptr (GString) out = g_string_new ("a,b\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *back = NULL;
  g_autoptr (GString) expected = g_string_new ("a|b");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      trestle_csv_append (out, texts[i]);
      g_string_append (out, ",x\n");
      g_string_append_printf (expected, ";%s|x", texts[i]);
    }
  back = read_all (out->str, out->len, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back, ==, expected->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/read", test_read);
  g_test_add_func ("/csv/refuse", test_refuse);
  g_test_add_func ("/csv/long", test_long);
  g_test_add_func ("/csv/bounds", test_bounds);
  g_test_add_func ("/csv/write", test_write);
  return g_test_run ();
}
