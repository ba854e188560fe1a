/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>

#include "fuzz-kit.h"
#include "store/trestle-yaml.h"

/* Whatever is read can be written, and reads as the same again. */
static void
fuzz_draft (GBytes *bytes, GRand *random)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = trestle_yaml_read (text != NULL ? text : "", length, &notes, &error);
  g_autoptr (JsonNode) again = NULL;
  g_autofree char *written = NULL;

  g_assert_true ((root == NULL) == (error != NULL));
  g_assert_true ((root == NULL) == (notes == NULL));
  if (root == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_true (g_ascii_isdigit (*error->message));
      return;
    }
  written = trestle_yaml_write (root, &error);
  g_assert_no_error (error);
  again = trestle_yaml_read (written, strlen (written), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (root, again));
}

int
main (int argc, char *argv[])
{
  static const FuzzEntry entries[] = { { "yaml", fuzz_draft } };

  return fuzz_main (argc, argv, "store", entries, G_N_ELEMENTS (entries));
}
