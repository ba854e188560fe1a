/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <string.h>

/*
 * Feeds what reads strangers' bytes with the files of corpus/TARGET: as they are, cut off at many places,
 * and spoiled in ways that a fixed seed chooses. Nothing may crash or leak, and each reader must
 * give either a result or an error. FUZZ_ROUNDS asks for more spoiled ones than a test needs.
 */

#define FUZZ_SEED 20260807
#define FUZZ_PLAIN_ROUNDS 400u
#define FUZZ_ROUNDS_SANITIZED 50u
#define FUZZ_CUTS 60u

typedef void (*FuzzTarget) (GBytes *bytes, GRand *random);

static inline GBytes *
fuzz_spoil (GBytes *bytes, GRand *random)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint changes = (guint) g_rand_int_range (random, 1, 6);

  g_byte_array_append (out, data, (guint) length);
  for (guint i = 0; i < changes && out->len > 0; i++)
    {
      guint at = (guint) g_rand_int_range (random, 0, (gint) out->len);
      guint size = (guint) g_rand_int_range (random, 1, (gint) (out->len - at) + 1);

      switch (g_rand_int_range (random, 0, 6))
        {
        case 0: /* a bit */
          out->data[at] ^= (guint8) (1u << g_rand_int_range (random, 0, 8));
          break;
        case 1: /* a byte that means something */
          out->data[at] = (guint8) "\0\xff<>&\"{}[],:=%.;/ \n0-e"[g_rand_int_range (random, 0, 23)];
          break;
        case 2: /* a piece goes */
          g_byte_array_remove_range (out, at, MIN (size, 32));
          break;
        case 3: /* a piece comes twice */
          {
            g_autoptr (GBytes) piece = g_bytes_new (out->data + at, MIN (size, 64));
            g_autoptr (GByteArray) tail = g_byte_array_new ();

            g_byte_array_append (tail, out->data + at, out->len - at);
            g_byte_array_set_size (out, at);
            g_byte_array_append (out, g_bytes_get_data (piece, NULL),
                                 (guint) g_bytes_get_size (piece));
            g_byte_array_append (out, tail->data, tail->len);
            break;
          }
        case 4: /* the end goes */
          g_byte_array_set_size (out, at);
          break;
        default: /* a number grows */
          if (g_ascii_isdigit (out->data[at]))
            out->data[at] = '9';
          break;
        }
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static inline void
fuzz_run (const char *name, FuzzTarget target)
{
  g_autofree char *folder = g_build_filename (g_getenv ("TRESTLE_SOURCE"), "tests", "fuzz",
                                              "corpus", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (FUZZ_SEED);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *asked = g_getenv ("FUZZ_ROUNDS");
  guint rounds = g_getenv ("TRESTLE_SANITIZED") != NULL ? FUZZ_ROUNDS_SANITIZED : FUZZ_PLAIN_ROUNDS;
  const char *file;

  g_assert_no_error (error);
  if (asked != NULL)
    rounds = (guint) g_ascii_strtoull (asked, NULL, 10);
  while ((file = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (folder, file, NULL));
  g_assert_cmpuint (paths->len, >, 0);
  g_ptr_array_sort_values (paths, (GCompareFunc) strcmp);

  for (guint i = 0; i < paths->len; i++)
    {
      char *text = NULL;
      gsize length;
      g_autoptr (GBytes) whole = NULL;

      g_file_get_contents (g_ptr_array_index (paths, i), &text, &length, &error);
      g_assert_no_error (error);
      whole = g_bytes_new_take (text, length);
      target (whole, random);
      for (gsize cut = 0; cut < length; cut += 1 + length / FUZZ_CUTS)
        {
          /* its own memory, so that reading on is noticed */
          g_autoptr (GBytes) begun = g_bytes_new (text, cut);

          target (begun, random);
        }
      for (guint round = 0; round < rounds; round++)
        {
          g_autoptr (GBytes) spoiled = fuzz_spoil (whole, random);

          target (spoiled, random);
        }
    }
}

typedef struct
{
  const char *name; /* of the folder in corpus */
  FuzzTarget target;
} FuzzEntry;

static inline void
fuzz_test_entry (gconstpointer data)
{
  const FuzzEntry *entry = data;

  fuzz_run (entry->name, entry->target);
}

/** fuzz_main: adds a test for each entry, `/fuzz/GROUP/NAME`, and runs them */
static inline int
fuzz_main (int argc, char **argv, const char *group, const FuzzEntry *entries, guint n)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat ("/fuzz/", group, "/", entries[i].name, NULL);

      g_test_add_data_func (path, &entries[i], fuzz_test_entry);
    }
  return g_test_run ();
}
