/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-model.h"

#include <gio/gio.h>

#include "aws/trestle-aws-model-private.h"
#include "aws/trestle-aws-tables.h"

#define BLOCK_SIZE ((gsize) 64 * 1024)

static const char *const services[] = {
  "ecr",
  "iam",
  "logs",
  "marketplace-agreement",
  "marketplace-catalog",
  "marketplace-discovery",
  "marketplacecommerceanalytics",
  "pricing",
  "s3",
  "sagemaker",
  "sagemaker-runtime",
  "service-quotas",
  "sts",
  NULL,
};

gpointer
trestle_aws_model_alloc (TrestleAwsModel *self, gsize size)
{
  gpointer memory;

  size = (size + 15) & ~(gsize) 15;
  if (size > self->block_left)
    {
      self->block_left = MAX (size, BLOCK_SIZE);
      self->block_at = g_malloc0 (self->block_left);
      g_ptr_array_add (self->blocks, self->block_at);
    }

  memory = self->block_at;
  self->block_at += size;
  self->block_left -= size;
  return memory;
}

TrestleAwsModel *
trestle_aws_model_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (TrestleAwsModel) self = NULL;
  gsize size = length < 0 ? strlen (text) : (gsize) length;

  self = g_new0 (TrestleAwsModel, 1);
  self->text = g_malloc (size + 1);
  memcpy (self->text, text, size);
  self->text[size] = '\0';
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->shapes = g_hash_table_new (g_str_hash, g_str_equal);
  self->operations_by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->exceptions = g_hash_table_new (g_str_hash, g_str_equal);

  if (!trestle_aws_model_read (self, size, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
trestle_aws_model_free (TrestleAwsModel *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->shapes);
  g_hash_table_unref (self->operations_by_name);
  g_hash_table_unref (self->exceptions);
  g_ptr_array_unref (self->blocks);
  g_free (self->text);
  g_free (self);
}

const TrestleAwsModel *
trestle_aws_model_get (const char *service)
{
  static GMutex lock;
  static TrestleAwsModel *loaded[G_N_ELEMENTS (services)];
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  for (guint i = 0; services[i] != NULL; i++)
    {
      if (!g_str_equal (services[i], service))
        continue;

      if (loaded[i] == NULL)
        {
          g_autofree char *path = g_strconcat ("/dev/trestle/aws/", service, ".wire", NULL);
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) bytes = g_resource_lookup_data (
              trestle_aws_tables_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

          if (bytes != NULL)
            loaded[i] = trestle_aws_model_parse (g_bytes_get_data (bytes, NULL),
                                                 (gssize) g_bytes_get_size (bytes), &error);
          if (loaded[i] == NULL)
            g_error ("The built-in wire table of %s cannot be read: %s", service, error->message);
        }
      return loaded[i];
    }

  g_error ("There is no wire table of “%s”", service);
}

const char *const *
trestle_aws_model_services (void)
{
  return services;
}

const char *
trestle_aws_model_get_service (const TrestleAwsModel *self)
{
  return self->service;
}

const char *
trestle_aws_model_get_service_id (const TrestleAwsModel *self)
{
  return self->service_id;
}

const char *
trestle_aws_model_get_signing_name (const TrestleAwsModel *self)
{
  return self->signing_name;
}

const char *
trestle_aws_model_get_target_prefix (const TrestleAwsModel *self)
{
  return self->target_prefix;
}

const char *
trestle_aws_model_get_json_version (const TrestleAwsModel *self)
{
  return self->json_version;
}

const char *
trestle_aws_model_get_api_version (const TrestleAwsModel *self)
{
  return self->api_version;
}

const char *
trestle_aws_model_get_xml_namespace (const TrestleAwsModel *self)
{
  return self->xml_namespace;
}

gboolean
trestle_aws_model_is_query_compatible (const TrestleAwsModel *self)
{
  return self->query_compatible;
}

TrestleAwsProtocol
trestle_aws_model_get_protocol (const TrestleAwsModel *self)
{
  return self->protocol;
}

const TrestleAwsOperation *
trestle_aws_model_get_operation (const TrestleAwsModel *self, const char *name)
{
  return g_hash_table_lookup (self->operations_by_name, name);
}

const TrestleAwsOperation *
trestle_aws_model_list_operations (const TrestleAwsModel *self, guint *n)
{
  *n = self->n_operations;
  return self->operations;
}

const TrestleAwsShape *
trestle_aws_model_get_shape (const TrestleAwsModel *self, const char *name)
{
  return g_hash_table_lookup (self->shapes, name);
}

const TrestleAwsException *
trestle_aws_model_get_exception (const TrestleAwsModel *self, const char *shape_or_code)
{
  return g_hash_table_lookup (self->exceptions, shape_or_code);
}

const TrestleAwsMember *
trestle_aws_shape_get_member (const TrestleAwsShape *self, const char *name)
{
  for (guint i = 0; i < self->n_members; i++)
    if (g_str_equal (self->members[i].name, name))
      return &self->members[i];

  return NULL;
}
