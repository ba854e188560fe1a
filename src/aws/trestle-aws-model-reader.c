/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-model-reader.h"

#include <string.h>

#include "aws/trestle-aws-error.h"

gboolean
trestle_aws_reader_fail (TrestleAwsReader *self, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  if (self->error != NULL && *self->error == NULL)
    *self->error = trestle_aws_error_new (TRESTLE_AWS_ERROR_CONFIG, NULL, "Wire table, line %u: %s",
                                          self->line, reason);
  return FALSE;
}

/* The next word of the line, or NULL. */
char *
trestle_aws_reader_word (TrestleAwsReader *self)
{
  char *start = self->at;

  if (start == NULL || *start == '\0')
    return NULL;

  self->at = strchr (start, ' ');
  if (self->at != NULL)
    *self->at++ = '\0';
  return start;
}

gboolean
trestle_aws_reader_guint (TrestleAwsReader *self, const char *text, guint *value)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
    return trestle_aws_reader_fail (self, "“%s” is no number", text);
  *value = (guint) number;
  return TRUE;
}

gboolean
trestle_aws_reader_double (TrestleAwsReader *self, const char *text, double *value)
{
  char *end = NULL;

  *value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0')
    return trestle_aws_reader_fail (self, "“%s” is no number", text);
  return TRUE;
}

gboolean
trestle_aws_reader_name (TrestleAwsReader *self,
                         const TrestleAwsReaderName *names,
                         gsize n,
                         const char *text,
                         int *value)
{
  for (gsize i = 0; text != NULL && i < n; i++)
    {
      if (!g_str_equal (names[i].name, text))
        continue;
      *value = names[i].value;
      return TRUE;
    }

  return trestle_aws_reader_fail (self, "unknown word “%s”", text != NULL ? text : "");
}

gboolean
trestle_aws_reader_time (TrestleAwsReader *self, const char *text, TrestleAwsTimeFormat *format)
{
  static const TrestleAwsReaderName names[] = {
    { "epoch", TRESTLE_AWS_TIME_EPOCH },
    { "iso", TRESTLE_AWS_TIME_ISO },
    { "http", TRESTLE_AWS_TIME_HTTP },
  };
  int value;

  if (!trestle_aws_reader_name (self, names, G_N_ELEMENTS (names), text, &value))
    return FALSE;
  *format = (TrestleAwsTimeFormat) value;
  return TRUE;
}

/* The record of the shape called @name, which may get its own line later. */
TrestleAwsShape *
trestle_aws_reader_refer (TrestleAwsReader *self, const char *name)
{
  TrestleAwsShape *shape = g_hash_table_lookup (self->model->shapes, name);

  if (shape == NULL)
    {
      shape = trestle_aws_model_alloc (self->model, sizeof *shape);
      shape->name = name;
      g_hash_table_insert (self->model->shapes, (gpointer) name, shape);
    }
  return shape;
}

gboolean
trestle_aws_reader_refer_next (TrestleAwsReader *self, const TrestleAwsShape **shape)
{
  const char *name = trestle_aws_reader_word (self);

  if (name == NULL)
    return trestle_aws_reader_fail (self, "the name of a shape is missing");
  *shape = trestle_aws_reader_refer (self, name);
  return TRUE;
}
