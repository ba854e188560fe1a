/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-config-private.h"

#include <string.h>

#include "aws/trestle-aws-endpoints.h"
#include "aws/trestle-aws-error.h"

#define DEFAULT_ATTEMPTS 3
#define LEGACY_ATTEMPTS 5

struct _TrestleAwsConfig
{
  GObject parent_instance;

  char *profile;
  gboolean explicit_profile;
  TrestleAwsIni *files[2]; /* by TrestleAwsIniKind; NULL when fixed */
  char *region;
  char *ca_bundle;
  char *fixed_endpoint;
  GHashTable *endpoint_variables; /* "AWS_ENDPOINT_URL_S3" → address */
  guint max_attempts;
  gboolean ignore_endpoints;
};

G_DEFINE_FINAL_TYPE (TrestleAwsConfig, trestle_aws_config, G_TYPE_OBJECT)

static void
trestle_aws_config_finalize (GObject *object)
{
  TrestleAwsConfig *self = TRESTLE_AWS_CONFIG (object);

  g_free (self->profile);
  g_clear_pointer (&self->files[0], trestle_aws_ini_free);
  g_clear_pointer (&self->files[1], trestle_aws_ini_free);
  g_free (self->region);
  g_free (self->ca_bundle);
  g_free (self->fixed_endpoint);
  g_hash_table_unref (self->endpoint_variables);
  G_OBJECT_CLASS (trestle_aws_config_parent_class)->finalize (object);
}

static void
trestle_aws_config_class_init (TrestleAwsConfigClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_aws_config_finalize;
}

static void
trestle_aws_config_init (TrestleAwsConfig *self)
{
  self->max_attempts = DEFAULT_ATTEMPTS;
  self->endpoint_variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* A variable's value; an empty one is as good as none. */
static const char *
variable (const char *name)
{
  const char *value = g_getenv (name);

  return value && *value ? value : NULL;
}

/* "~/x", "$HOME/x" and "${HOME}/x" as a shell would; a variable that is not set stays as written. */
static char *
expand_path (const char *path)
{
  GString *out = g_string_new (NULL);

  if (path[0] == '~' && (path[1] == '/' || path[1] == '\0'))
    {
      g_string_append (out, g_get_home_dir ());
      path++;
    }
  while (*path != '\0')
    {
      gboolean braces = path[0] == '$' && path[1] == '{';
      const char *name = path + (braces ? 2 : 1);
      g_autofree char *word = NULL;
      const char *value;
      gsize length = 0;

      while (*path == '$' && (g_ascii_isalnum (name[length]) || name[length] == '_'))
        length++;
      word = g_strndup (*path == '$' ? name : "", length);
      value = length > 0 && (!braces || name[length] == '}') ? g_getenv (word) : NULL;
      if (value == NULL)
        {
          g_string_append_c (out, *path++);
          continue;
        }
      g_string_append (out, value);
      path = name + length + (braces ? 1 : 0);
    }
  return g_string_free (out, FALSE);
}

static gboolean
load_files (TrestleAwsConfig *self, GError **error)
{
  static const char *const variables[] = { "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE" };
  static const char *const defaults[] = { "~/.aws/config", "~/.aws/credentials" };

  for (guint kind = 0; kind < 2; kind++)
    {
      const char *named = variable (variables[kind]);
      g_autofree char *path = expand_path (named ? named : defaults[kind]);

      self->files[kind] = trestle_aws_ini_load (path, (TrestleAwsIniKind) kind, error);
      if (self->files[kind] == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
choose_profile (TrestleAwsConfig *self, const char *profile, GError **error)
{
  const char *chosen = profile;

  self->explicit_profile = profile != NULL;
  if (chosen == NULL)
    chosen = variable ("AWS_DEFAULT_PROFILE");
  if (chosen == NULL)
    chosen = variable ("AWS_PROFILE");
  self->profile = g_strdup (chosen ? chosen : "default");
  if (chosen == NULL || g_str_equal (chosen, "default")
      || trestle_aws_ini_has (self->files[TRESTLE_AWS_INI_CONFIG], "profile", chosen)
      || trestle_aws_ini_has (self->files[TRESTLE_AWS_INI_CREDENTIALS], "profile", chosen))
    return TRUE;
  g_propagate_error (
      error,
      trestle_aws_error_new (TRESTLE_AWS_ERROR_CONFIG, NULL, "There is no profile “%s” in %s or %s",
                             chosen, trestle_aws_ini_get_path (self->files[TRESTLE_AWS_INI_CONFIG]),
                             trestle_aws_ini_get_path (self->files[TRESTLE_AWS_INI_CREDENTIALS])));
  return FALSE;
}

static gboolean
read_retries (TrestleAwsConfig *self, GError **error)
{
  const char *mode = variable ("AWS_RETRY_MODE");
  const char *attempts = variable ("AWS_MAX_ATTEMPTS");
  guint64 count;

  if (mode == NULL)
    mode = trestle_aws_config_get_value (self, "retry_mode");
  if (mode != NULL && g_ascii_strcasecmp (mode, "legacy") == 0)
    self->max_attempts = LEGACY_ATTEMPTS;
  if (attempts == NULL)
    attempts = trestle_aws_config_get_value (self, "max_attempts");
  if (attempts == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (attempts, 10, 1, 100, &count, NULL))
    {
      g_propagate_error (
          error, trestle_aws_error_new (TRESTLE_AWS_ERROR_CONFIG, NULL,
                                        "AWS_MAX_ATTEMPTS or max_attempts is not a number from 1"));
      return FALSE;
    }
  self->max_attempts = (guint) count;
  return TRUE;
}

static gboolean
is_true (const char *value)
{
  return value != NULL && g_ascii_strcasecmp (value, "true") == 0;
}

static gboolean
read_endpoints (TrestleAwsConfig *self, GError **error)
{
  g_auto (GStrv) names = g_listenv ();
  const char *services = trestle_aws_config_get_value (self, "services");

  self->ignore_endpoints = is_true (variable ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))
                           || is_true (trestle_aws_config_get_value (
                               self, "ignore_configured_endpoint_urls"));
  if (self->ignore_endpoints)
    return TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], "AWS_ENDPOINT_URL") && variable (names[i]) != NULL)
      g_hash_table_insert (self->endpoint_variables, g_strdup (names[i]),
                           g_strdup (variable (names[i])));
  if (services == NULL
      || trestle_aws_ini_has (self->files[TRESTLE_AWS_INI_CONFIG], "services", services))
    return TRUE;
  g_propagate_error (error, trestle_aws_error_new (
                                TRESTLE_AWS_ERROR_CONFIG, NULL,
                                "Profile “%s” names a services section “%s” that is not in %s",
                                self->profile, services,
                                trestle_aws_ini_get_path (self->files[TRESTLE_AWS_INI_CONFIG])));
  return FALSE;
}

static void
read_places (TrestleAwsConfig *self)
{
  const char *region = variable ("AWS_REGION");
  const char *bundle = variable ("AWS_CA_BUNDLE");

  if (region == NULL)
    region = variable ("AWS_DEFAULT_REGION");
  if (region == NULL)
    region = trestle_aws_config_get_value (self, "region");
  self->region = region && *region ? g_strdup (region) : NULL;
  if (bundle == NULL)
    bundle = trestle_aws_config_get_value (self, "ca_bundle");
  self->ca_bundle = bundle && *bundle ? expand_path (bundle) : NULL;
}

TrestleAwsConfig *
trestle_aws_config_new (const char *profile, GError **error)
{
  g_autoptr (TrestleAwsConfig) self = g_object_new (TRESTLE_TYPE_AWS_CONFIG, NULL);

  if (!load_files (self, error) || !choose_profile (self, profile, error)
      || !read_retries (self, error) || !read_endpoints (self, error))
    return NULL;
  read_places (self);
  return g_steal_pointer (&self);
}

TrestleAwsConfig *
trestle_aws_config_new_fixed (const char *endpoint, const char *region)
{
  TrestleAwsConfig *self = g_object_new (TRESTLE_TYPE_AWS_CONFIG, NULL);

  self->profile = g_strdup ("default");
  self->region = g_strdup (region);
  self->fixed_endpoint = g_strdup (endpoint);
  return self;
}

gboolean
trestle_aws_config_is_fixed (TrestleAwsConfig *self)
{
  return self->fixed_endpoint != NULL;
}

const char *
trestle_aws_config_get_profile (TrestleAwsConfig *self)
{
  return self->profile;
}

gboolean
trestle_aws_config_get_explicit (TrestleAwsConfig *self)
{
  return self->explicit_profile;
}

char **
trestle_aws_config_list_profiles (TrestleAwsConfig *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint kind = 0; kind < 2 && self->files[kind] != NULL; kind++)
    {
      g_auto (GStrv) found = trestle_aws_ini_list (self->files[kind], "profile");

      for (guint i = 0; found[i] != NULL; i++)
        if (g_hash_table_add (seen, g_strdup (found[i])))
          g_strv_builder_add (names, found[i]);
    }
  return g_strv_builder_end (names);
}

const char *
trestle_aws_config_get_region (TrestleAwsConfig *self)
{
  return self->region;
}

const char *
trestle_aws_config_get_value (TrestleAwsConfig *self, const char *key)
{
  const char *value = NULL;

  if (self->files[0] == NULL)
    return NULL;
  value = trestle_aws_ini_get (self->files[TRESTLE_AWS_INI_CREDENTIALS], "profile", self->profile,
                               NULL, key);
  if (value == NULL)
    value = trestle_aws_ini_get (self->files[TRESTLE_AWS_INI_CONFIG], "profile", self->profile,
                                 NULL, key);
  return value;
}

guint
trestle_aws_config_get_max_attempts (TrestleAwsConfig *self)
{
  return self->max_attempts;
}

const char *
trestle_aws_config_get_ca_bundle (TrestleAwsConfig *self)
{
  return self->ca_bundle;
}

TrestleAwsIni *
trestle_aws_config_get_file (TrestleAwsConfig *self, TrestleAwsIniKind kind)
{
  return self->files[kind];
}

/* The address that variables or files give for @service, and what gives it; NULL for none. */
static const char *
configured_endpoint (TrestleAwsConfig *self, const char *service, char **where)
{
  g_autofree char *id = trestle_aws_endpoint_variable (service);
  g_autofree char *name = g_strconcat ("AWS_ENDPOINT_URL_", id, NULL);
  g_autofree char *block = g_ascii_strdown (id, -1);
  const char *services = NULL;
  const char *address;

  if (self->fixed_endpoint != NULL)
    {
      *where = g_strdup ("this account");
      return self->fixed_endpoint;
    }
  if (self->ignore_endpoints)
    return NULL;
  if ((address = g_hash_table_lookup (self->endpoint_variables, name)) != NULL)
    {
      *where = g_steal_pointer (&name);
      return address;
    }
  *where = g_strdup ("AWS_ENDPOINT_URL");
  if ((address = g_hash_table_lookup (self->endpoint_variables, *where)) != NULL)
    return address;
  g_free (*where);
  *where = g_strdup_printf ("profile “%s”", self->profile);
  services = trestle_aws_config_get_value (self, "services");
  if (services != NULL)
    address = trestle_aws_ini_get (self->files[TRESTLE_AWS_INI_CONFIG], "services", services, block,
                                   "endpoint_url");
  if (address == NULL)
    address = trestle_aws_config_get_value (self, "endpoint_url");
  return address && *address ? address : NULL;
}

char *
trestle_aws_config_resolve (TrestleAwsConfig *self,
                            const char *service,
                            const char *region,
                            char **signing_region,
                            GError **error)
{
  g_autofree char *where = NULL;
  g_autofree char *endpoint = NULL;
  const char *address;

  g_return_val_if_fail (TRESTLE_IS_AWS_CONFIG (self), NULL);

  address = configured_endpoint (self, service, &where);
  if (address == NULL)
    return trestle_aws_endpoint_default (service, region, signing_region, error);
  endpoint = trestle_aws_endpoint_check (address, where, error);
  if (endpoint != NULL)
    *signing_region = trestle_aws_endpoint_signing_region (service, region);
  return g_steal_pointer (&endpoint);
}
