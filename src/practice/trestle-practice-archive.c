/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-archive.h"

#include <string.h>

#define BLOCK 512
/* An archive that says it is larger is not a model of the practice account's. */
#define MAX_BYTES (512u * 1024 * 1024)

/* Where the fields of a tar header are. */
#define NAME 0
#define NAME_SIZE 100
#define MODE 100
#define SIZE 124
#define SIZE_SIZE 12
#define TIME 136
#define SUM 148
#define SUM_SIZE 8
#define TYPE 156
#define MAGIC 257

static guint
add_up (const guint8 *header)
{
  guint sum = 0;

  for (guint i = 0; i < BLOCK; i++)
    sum += i >= SUM && i < SUM + SUM_SIZE ? ' ' : header[i];
  return sum;
}

static GBytes *
convert (GConverter *converter, GBytes *bytes, gsize max, GError **error)
{
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) in = g_converter_input_stream_new (plain, converter);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (65536);
  gssize got;

  while ((got = g_input_stream_read (in, buffer, 65536, NULL, error)) > 0)
    {
      if (out->len + (gsize) got > max)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                       "unpacked it has more than %" G_GSIZE_FORMAT " bytes", max);
          return NULL;
        }
      g_byte_array_append (out, buffer, (guint) got);
    }
  return got == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}

GBytes *
trestle_practice_gunzip (GBytes *bytes, gsize max, GError **error)
{
  g_autoptr (GZlibDecompressor) converter = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  return convert (G_CONVERTER (converter), bytes, max, error);
}

GBytes *
trestle_practice_archive_new (const char *name, const char *text)
{
  g_autoptr (GZlibCompressor) converter = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  gsize length = strlen (text);
  gsize padded = (length + BLOCK - 1) / BLOCK * BLOCK;
  gsize total = BLOCK + padded + 2 * BLOCK;
  guint8 *tar = g_malloc0 (total);
  g_autoptr (GBytes) plain = g_bytes_new_take (tar, total);

  g_strlcpy ((char *) tar + NAME, name, NAME_SIZE);
  memcpy (tar + MODE, "0000644", 7);
  memcpy (tar + MODE + 8, "0000000", 7);
  memcpy (tar + MODE + 16, "0000000", 7);
  g_snprintf ((char *) tar + SIZE, SIZE_SIZE, "%011" G_GINT64_MODIFIER "o", (guint64) length);
  memcpy (tar + TIME, "00000000000", 11);
  tar[TYPE] = '0';
  memcpy (tar + MAGIC,
          "ustar\0"
          "00",
          8);
  g_snprintf ((char *) tar + SUM, SUM_SIZE, "%06o", add_up (tar));
  memcpy (tar + BLOCK, text, length);
  return convert (G_CONVERTER (converter), plain, G_MAXSIZE, NULL);
}

static gboolean
is_inside (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  return *name != '/' && !g_strv_contains ((const char *const *) parts, "..");
}

static gboolean
check_tar (const guint8 *data, gsize size, GError **error)
{
  gsize at = 0;
  guint files = 0;

  while (at + BLOCK <= size && data[at] != 0)
    {
      g_autofree char *name = g_strndup ((const char *) data + at + NAME, NAME_SIZE);
      g_autofree char *digits = g_strndup ((const char *) data + at + SIZE, SIZE_SIZE);
      g_autofree char *sum = g_strndup ((const char *) data + at + SUM, SUM_SIZE);
      guint64 length = g_ascii_strtoull (digits, NULL, 8);

      if (g_ascii_strtoull (g_strchug (sum), NULL, 8) != add_up (data + at))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "it is not a tar archive, or a damaged one");
          return FALSE;
        }
      if (!is_inside (name))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "its member %s would be written outside of /opt/ml/model", name);
          return FALSE;
        }
      if (length > size - at - BLOCK)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "it ends in the middle of %s",
                       name);
          return FALSE;
        }
      at += BLOCK + (gsize) (length + BLOCK - 1) / BLOCK * BLOCK;
      files++;
    }
  if (files > 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "it holds no files");
  return FALSE;
}

gboolean
trestle_practice_archive_check (GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GBytes) plain = NULL;

  if (size < 2 || data[0] != 0x1f || data[1] != 0x8b)
    return check_tar (data, size, error);
  plain = trestle_practice_gunzip (bytes, MAX_BYTES, error);
  if (plain == NULL)
    return FALSE;
  data = g_bytes_get_data (plain, &size);
  return check_tar (data, size, error);
}
