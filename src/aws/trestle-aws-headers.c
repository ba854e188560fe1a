/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-signer.h"

void
trestle_aws_header_clear (TrestleAwsHeader *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->value, g_free);
}

GArray *
trestle_aws_headers_new (void)
{
  GArray *headers = g_array_new (FALSE, FALSE, sizeof (TrestleAwsHeader));

  g_array_set_clear_func (headers, (GDestroyNotify) trestle_aws_header_clear);
  return headers;
}

void
trestle_aws_headers_add (GArray *headers, const char *name, const char *value)
{
  TrestleAwsHeader header = { g_strdup (name), g_strdup (value) };

  g_array_append_val (headers, header);
}

const char *
trestle_aws_headers_get (GArray *headers, const char *name)
{
  for (guint i = 0; i < headers->len; i++)
    {
      const TrestleAwsHeader *header = &g_array_index (headers, TrestleAwsHeader, i);

      if (g_ascii_strcasecmp (header->name, name) == 0)
        return header->value;
    }

  return NULL;
}
