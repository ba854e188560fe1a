/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/trestle-csv.h"
#include "base/trestle-decimal.h"
#include "fuzz-kit.h"

/* A number that was read is written, and reads as the same again. */
static void
check_number (const TrestleCsvField *field)
{
  TrestleDecimal value, again;
  g_autofree char *text = NULL;

  if (!trestle_decimal_parse (field->text, field->length, &value))
    return;
  text = trestle_decimal_to_string (value, 2);
  g_assert_true (trestle_decimal_parse (text, strlen (text), &again));
  g_assert_true (value == again);
}

/* Whatever is read has as many fields as columns; what is not ends in words. */
static void
fuzz_csv (GBytes *bytes, GRand *random)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleCsv) csv = trestle_csv_new (stream, "file", &error);
  const TrestleCsvField *fields;

  g_assert_true ((csv == NULL) == (error != NULL));
  while (csv != NULL && trestle_csv_next (csv, &fields, &error))
    for (guint i = 0; trestle_csv_get_columns (csv)[i] != NULL; i++)
      {
        g_autofree char *copy = g_strndup (fields[i].text, fields[i].length);

        g_assert_cmpuint (strlen (copy), ==, fields[i].length);
        check_number (&fields[i]);
      }
  if (error != NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_true (g_str_has_prefix (error->message, "file, line "));
    }
}

int
main (int argc, char *argv[])
{
  static const FuzzEntry entries[] = { { "csv", fuzz_csv } };

  return fuzz_main (argc, argv, "base", entries, G_N_ELEMENTS (entries));
}
