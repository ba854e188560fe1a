/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-draft-facts.h"

#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-own-product.h"
#include "media/trestle-content-type.h"
#include "media/trestle-picture.h"
#include "services/trestle-package-service.h"
#include "store/trestle-draft-io.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-teardown.h"

/* More than AWS takes of either file. */
#define MOST_BYTES (32 * 1024 * 1024)

/* A logo is looked at in this size. */
#define LOOK_SIDE 256

struct _TrestleDraftFacts
{
  gatomicrefcount refs;
  GHashTable *packages; /* ARN → #TrestlePackage; NULL where it is not there */
  GHashTable *sources;  /* file → why it cannot be read */
  GHashTable *bytes;    /* file → #GBytes */
  TrestleDraft *live;
  char *visibility;
  char *account;
  TrestleLintPicture logo;
  TrestleLintFile eula;
  char *logo_format;
  char *eula_type;
};

G_DEFINE_BOXED_TYPE (TrestleDraftFacts,
                     trestle_draft_facts,
                     trestle_draft_facts_ref,
                     trestle_draft_facts_free)

static void
unref_package (gpointer package)
{
  g_clear_object (&package);
}

static TrestleDraftFacts *
facts_new (void)
{
  TrestleDraftFacts *self = g_new0 (TrestleDraftFacts, 1);

  g_atomic_ref_count_init (&self->refs);
  self->packages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_package);
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->bytes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_bytes_unref);
  return self;
}

TrestleDraftFacts *
trestle_draft_facts_ref (TrestleDraftFacts *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
trestle_draft_facts_free (TrestleDraftFacts *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->packages);
  g_hash_table_unref (self->sources);
  g_hash_table_unref (self->bytes);
  g_clear_object (&self->live);
  g_free (self->visibility);
  g_free (self->account);
  g_free (self->logo_format);
  g_free (self->eula_type);
  g_free (self);
}

void
trestle_draft_facts_fill (TrestleDraftFacts *self, TrestleLintFacts *facts)
{
  if (self == NULL)
    return;
  facts->packages = self->packages;
  facts->sources = self->sources;
  facts->account_id = self->account;
  facts->logo = self->logo_format != NULL ? &self->logo : NULL;
  facts->eula = self->eula_type != NULL ? &self->eula : NULL;
}

void
trestle_draft_facts_take_live (TrestleDraftFacts *self, TrestleDraft **live, char **visibility)
{
  if (self->live == NULL)
    return;
  g_set_object (live, self->live);
  g_set_str (visibility, self->visibility);
}

TrestlePackage *
trestle_draft_facts_get_package (TrestleDraftFacts *self, const char *arn)
{
  return self != NULL && arn != NULL ? g_hash_table_lookup (self->packages, arn) : NULL;
}

GHashTable *
trestle_draft_facts_get_packages (TrestleDraftFacts *self)
{
  return self->packages;
}

GBytes *
trestle_draft_facts_get_bytes (TrestleDraftFacts *self, const char *value)
{
  return self != NULL ? g_hash_table_lookup (self->bytes, value) : NULL;
}

typedef struct
{
  TrestleContext *context;
  TrestleDraft *draft; /* a copy */
  char *path;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_object (&self->context);
  g_object_unref (self->draft);
  g_free (self->path);
  g_free (self);
}

typedef struct
{
  char *path;
} File;

static void
file_free (gpointer data)
{
  File *self = data;

  g_free (self->path);
  g_free (self);
}

static DexFuture *
load_fiber (gpointer data)
{
  File *self = data;
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                            G_FILE_QUERY_INFO_NONE, NULL, &error);
  if (info == NULL)
    return trestle_future_error (error);
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
      || g_file_info_get_size (info) > MOST_BYTES)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                  "%s is not a file of less than 32 MB", self->path);
  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  if (bytes == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_boxed (G_TYPE_BYTES, bytes);
}

/* Returns: (transfer none) (nullable): content of the file that the draft has at @field, unless it is an address */
static GBytes *
load (Reading *self, TrestleDraftFacts *facts, const char *field)
{
  const char *value = trestle_draft_get_text (self->draft, field);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  GBytes *bytes;
  File *file;

  if (self->path == NULL || *value == '\0')
    return NULL;
  path = trestle_draft_dup_companion (self->path, value, &error);
  if (path == NULL && error == NULL)
    return NULL;
  if (path != NULL)
    {
      file = g_new0 (File, 1);
      file->path = g_strdup (path);
      bytes = dex_await_boxed (trestle_pool_spawn (load_fiber, file, file_free), &error);
      if (bytes != NULL)
        {
          g_hash_table_replace (facts->bytes, g_strdup (value), bytes);
          g_hash_table_replace (facts->sources, g_strdup (value), g_strdup (""));
          return bytes;
        }
    }
  g_hash_table_replace (facts->sources, g_strdup (value), g_strdup (error->message));
  return NULL;
}

static gboolean
is_clear (const guint8 *pixel)
{
  return pixel[3] < 16 || (pixel[0] > 240 && pixel[1] > 240 && pixel[2] > 240);
}

/* Whether a picture stands on a see-through or white ground: its corners tell, for a logo may well
 * touch the sides. */
static gboolean
has_clear_ground (const TrestlePicture *picture)
{
  const guint8 *rgba = g_bytes_get_data (picture->rgba, NULL);
  const guint8 *bottom = rgba + (gsize) (picture->height - 1) * picture->stride;
  gsize right = 4 * (gsize) (picture->width - 1);

  return is_clear (rgba) && is_clear (rgba + right) && is_clear (bottom)
         && is_clear (bottom + right);
}

static void
read_logo (Reading *self, TrestleDraftFacts *facts)
{
  GBytes *bytes = load (self, facts, "Product.LogoUrl");
  g_autoptr (TrestlePicture) picture = NULL;
  g_autofree char *type = NULL;

  if (bytes == NULL)
    return;
  type = trestle_content_type_guess (trestle_draft_get_text (self->draft, "Product.LogoUrl"),
                                     bytes);
  facts->logo_format = g_strdup (g_str_has_prefix (type, "image/") ? type + 6 : "unknown");
  facts->logo.format = facts->logo_format;
  facts->logo.bytes = (gint64) g_bytes_get_size (bytes);
  picture = dex_await_boxed (trestle_picture_decode (bytes, LOOK_SIDE, LOOK_SIDE), NULL);
  if (picture == NULL)
    return;
  facts->logo.width = picture->full_width;
  facts->logo.height = picture->full_height;
  facts->logo.clear_ground = has_clear_ground (picture);
}

static void
read_eula (Reading *self, TrestleDraftFacts *facts)
{
  GBytes *bytes = load (self, facts, "Offer.Eula.File");

  if (bytes == NULL)
    return;
  facts->eula_type = trestle_content_type_guess (
      trestle_draft_get_text (self->draft, "Offer.Eula.File"), bytes);
  facts->eula.content_type = facts->eula_type;
  facts->eula.bytes = (gint64) g_bytes_get_size (bytes);
}

static void
read_package (Reading *self, TrestleDraftFacts *facts, const char *arn)
{
  g_autoptr (GError) error = NULL;
  TrestlePackage *package;

  if (*arn == '\0' || g_hash_table_contains (facts->packages, arn))
    return;
  package = dex_await_object (trestle_package_service_describe (self->context->client, arn),
                              &error);
  /* one that may not be looked at is no fact */
  if (package != NULL || trestle_teardown_is_absent (error))
    g_hash_table_insert (facts->packages, g_strdup (arn), package);
}

static void
read_packages (Reading *self, TrestleDraftFacts *facts)
{
  guint n = trestle_draft_get_length (self->draft, "Versions");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *model = g_strdup_printf ("Versions[%u].SageMakerModelPackageArn", i);
      g_autofree char *algorithm = g_strdup_printf ("Versions[%u].SageMakerAlgorithmArn", i);

      read_package (self, facts, trestle_draft_get_text (self->draft, model));
      read_package (self, facts, trestle_draft_get_text (self->draft, algorithm));
    }
}

static void
read_live (Reading *self, TrestleDraftFacts *facts)
{
  const char *id = trestle_draft_get_text (self->draft, "Product.Identifier");
  g_autoptr (TrestleOwnProduct) product = NULL;
  g_autoptr (TrestleOwnProducts) products = NULL;
  g_autoptr (GError) error = NULL;

  if (*id == '\0')
    return;
  products = trestle_own_products_new (self->context);
  product = dex_await_object (trestle_own_products_describe (products, id), &error);
  if (product == NULL)
    {
      g_debug ("The live listing %s cannot be read: %s", id, error->message);
      return;
    }
  facts->live = trestle_drafts_of_product (product);
  facts->visibility = g_strdup (trestle_own_product_get_visibility (product));
}

static DexFuture *
read_fiber (gpointer data)
{
  Reading *self = data;
  TrestleDraftFacts *facts = facts_new ();

  read_logo (self, facts);
  read_eula (self, facts);
  if (self->context != NULL && dex_await (trestle_context_ready (self->context), NULL))
    {
      g_autoptr (TrestleIdentity)
          identity = dex_await_object (trestle_context_identify (self->context), NULL);

      if (identity != NULL)
        {
          facts->account = g_strdup (trestle_identity_get_account (identity));
          read_live (self, facts);
          read_packages (self, facts);
        }
    }
  return dex_future_new_take_boxed (TRESTLE_TYPE_DRAFT_FACTS, facts);
}

DexFuture *
trestle_draft_facts_read (TrestleContext *context, TrestleDraft *draft, const char *path)
{
  Reading *self = g_new0 (Reading, 1);

  self->context = context != NULL ? g_object_ref (context) : NULL;
  self->draft = trestle_draft_copy (draft);
  self->path = g_strdup (path);
  return trestle_fiber_spawn (read_fiber, self, reading_free);
}
