/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-package-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/trestle-json.h"
#include "domain/trestle-node.h"
#include "packages/trestle-package-form-private.h"

static const char *const list_names[] = { "realtime", "batch", "content-types", "response-types",
                                          "training" };
static const char *const list_members[] = { "SupportedRealtimeInferenceInstanceTypes",
                                            "SupportedTransformInstanceTypes",
                                            "SupportedContentTypes", "SupportedResponseMIMETypes" };

static const char *const text_names[N_TEXTS] = {
  [TEXT_NAME] = "name",
  [TEXT_DESCRIPTION] = "description",
  [TEXT_IMAGE] = "image",
  [TEXT_MODEL_DATA] = "model-data",
  [TEXT_ROLE] = "role",
  [TEXT_SAMPLE] = "sample",
  [TEXT_OUTPUT] = "output",
  [TEXT_SAMPLE_TYPE] = "sample-type",
  [TEXT_ANSWER_TYPE] = "answer-type",
  [TEXT_JOB_TYPE] = "job-type",
  [TEXT_SPLIT] = "split",
  [TEXT_SERVING_IMAGE] = "serving-image",
  [TEXT_TRAINING_TYPE] = "training-type",
};

enum
{
  PROP_CERTIFY = N_TEXTS + 1,
  PROP_ALGORITHM,
  PROP_DISTRIBUTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (TrestlePackageForm, trestle_package_form, G_TYPE_OBJECT)

static void
emit_changed (TrestlePackageForm *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
set_text (TrestlePackageForm *self, FormText text, const char *value)
{
  if (!g_set_str (&self->texts[text], value != NULL ? value : ""))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[text + 1]);
  emit_changed (self);
}

GtkStringList *
trestle_package_form_get_list (TrestlePackageForm *self, const char *field)
{
  g_return_val_if_fail (TRESTLE_IS_PACKAGE_FORM (self), NULL);

  for (guint i = 0; i < N_LISTS; i++)
    if (g_str_equal (list_names[i], field))
      return self->lists[i];
  g_return_val_if_reached (NULL);
}

void
trestle_package_form_set_facts (TrestlePackageForm *self,
                                const char *account,
                                GListModel *images,
                                GListModel *roles,
                                GListModel *packages)
{
  g_return_if_fail (TRESTLE_IS_PACKAGE_FORM (self));

  g_set_str (&self->account, account);
  g_set_object (&self->images, images);
  g_set_object (&self->roles, roles);
  g_set_object (&self->packages, packages);
  emit_changed (self);
}

/* --- Copying -------------------------------------------------------------------------------- */

gboolean
trestle_package_form_is_taken (TrestlePackageForm *self, const char *name)
{
  TrestleProductKind kind = self->algorithm ? TRESTLE_PRODUCT_KIND_ALGORITHM
                                            : TRESTLE_PRODUCT_KIND_MODEL;

  for (guint i = 0; self->packages != NULL && i < g_list_model_get_n_items (self->packages); i++)
    {
      g_autoptr (TrestlePackage) package = g_list_model_get_item (self->packages, i);

      if (trestle_package_get_kind (package) == kind
          && g_strcmp0 (trestle_package_get_name (package), name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* "iris-v3" after "iris-v2"; a name that does not end in a number gets one. */
char *
trestle_package_form_dup_free_name (TrestlePackageForm *self, const char *name)
{
  gsize length = strlen (name), digits = 0;
  gint64 number = 1;
  g_autofree char *stem = NULL;

  g_return_val_if_fail (TRESTLE_IS_PACKAGE_FORM (self), NULL);

  while (digits < length && digits < 6 && g_ascii_isdigit (name[length - 1 - digits]))
    digits++;
  if (digits > 0 && digits < length)
    {
      number = g_ascii_strtoll (name + length - digits, NULL, 10);
      stem = g_strndup (name, length - digits);
    }
  else
    stem = g_strconcat (name, "-", NULL);
  if (strlen (stem) > FORM_NAME_CHARS - 6)
    stem[FORM_NAME_CHARS - 6] = '\0';
  for (;;)
    {
      g_autofree char *next = g_strdup_printf ("%s%" G_GINT64_FORMAT, stem, ++number);

      if (!trestle_package_form_is_taken (self, next))
        return g_steal_pointer (&next);
    }
}

void
trestle_package_form_set_texts (GtkStringList *list, JsonNode *node)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; i < trestle_node_length (node); i++)
    if (trestle_node_self_text (trestle_node_element (node, i)) != NULL)
      g_strv_builder_add (texts, trestle_node_self_text (trestle_node_element (node, i)));
  all = g_strv_builder_end (texts);
  gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)),
                          (const char *const *) all);
}

static void
copy_validation (TrestlePackageForm *self, JsonNode *validation)
{
  JsonNode *job = trestle_node_member (
      trestle_node_element (trestle_node_member (validation, "ValidationProfiles"), 0),
      "TransformJobDefinition");
  JsonNode *input = trestle_node_member (job, "TransformInput");
  JsonNode *output = trestle_node_member (job, "TransformOutput");
  const char *split = trestle_node_text (input, "SplitType");

  if (validation == NULL)
    return;
  set_text (self, TEXT_ROLE, trestle_node_text (validation, "ValidationRole"));
  set_text (self, TEXT_SAMPLE,
            trestle_node_text (
                trestle_node_member (trestle_node_member (input, "DataSource"), "S3DataSource"),
                "S3Uri"));
  set_text (self, TEXT_SAMPLE_TYPE, trestle_node_text (input, "ContentType"));
  set_text (self, TEXT_SPLIT, split != NULL ? split : "None");
  set_text (self, TEXT_OUTPUT, trestle_node_text (output, "S3OutputPath"));
  set_text (self, TEXT_ANSWER_TYPE, trestle_node_text (output, "Accept"));
  set_text (self, TEXT_JOB_TYPE,
            trestle_node_text (trestle_node_member (job, "TransformResources"), "InstanceType"));
}

void
trestle_package_form_copy (TrestlePackageForm *self, TrestlePackage *package)
{
  JsonNode *document = (JsonNode *) trestle_package_get_document (package);
  JsonNode *inference = trestle_node_member (document, "InferenceSpecification");
  JsonNode *container = trestle_node_element (trestle_node_member (inference, "Containers"), 0);
  g_autofree char *name = NULL;

  g_return_if_fail (TRESTLE_IS_PACKAGE_FORM (self));

  g_object_set (self, "algorithm",
                trestle_package_get_kind (package) == TRESTLE_PRODUCT_KIND_ALGORITHM, NULL);
  name = trestle_package_form_dup_free_name (self, trestle_package_get_name (package));
  set_text (self, TEXT_NAME, name);
  set_text (self, TEXT_DESCRIPTION, trestle_package_get_description (package));
  set_text (self, TEXT_IMAGE, trestle_node_text (container, "Image"));
  set_text (self, TEXT_MODEL_DATA, trestle_node_text (container, "ModelDataUrl"));
  for (guint i = 0; i < N_INFERENCE_LISTS; i++)
    trestle_package_form_set_texts (self->lists[i],
                                    trestle_node_member (inference, list_members[i]));
  if (self->algorithm)
    trestle_package_form_copy_training (self, document);
  copy_validation (self, trestle_node_member (document, "ValidationSpecification"));
  g_object_set (self, "certify", TRUE, NULL);
}

/* --- Building ------------------------------------------------------------------------------- */

static JsonObject *
add_object (JsonObject *parent, const char *name)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (parent, name, object);
  return object;
}

static void
add_text (JsonObject *parent, const char *name, const char *text)
{
  g_autofree char *value = g_strstrip (g_strdup (text));

  if (*value != '\0')
    json_object_set_string_member (parent, name, value);
}

static void
add_validation (TrestlePackageForm *self, JsonObject *input)
{
  JsonObject *validation = add_object (input, "ValidationSpecification");
  JsonArray *profiles = json_array_new ();
  JsonObject *profile = json_object_new ();
  JsonObject *job, *source, *resources, *from, *to;

  add_text (validation, "ValidationRole", self->texts[TEXT_ROLE]);
  json_object_set_array_member (validation, "ValidationProfiles", profiles);
  json_array_add_object_element (profiles, profile);
  add_text (profile, "ProfileName", "Validation");
  if (self->algorithm)
    trestle_package_form_add_training_job (self, profile);
  job = add_object (profile, "TransformJobDefinition");
  json_object_set_int_member (job, "MaxConcurrentTransforms", 1);
  json_object_set_int_member (job, "MaxPayloadInMB", 6);
  json_object_set_string_member (job, "BatchStrategy", "SingleRecord");
  from = add_object (job, "TransformInput");
  source = add_object (add_object (from, "DataSource"), "S3DataSource");
  add_text (source, "S3DataType", "S3Prefix");
  add_text (source, "S3Uri", self->texts[TEXT_SAMPLE]);
  add_text (from, "ContentType", self->texts[TEXT_SAMPLE_TYPE]);
  add_text (from, "CompressionType", "None");
  add_text (from, "SplitType", self->texts[TEXT_SPLIT]);
  to = add_object (job, "TransformOutput");
  add_text (to, "S3OutputPath", self->texts[TEXT_OUTPUT]);
  add_text (to, "Accept", self->texts[TEXT_ANSWER_TYPE]);
  /* answers that came record by record are put together the same way */
  add_text (to, "AssembleWith", self->texts[TEXT_SPLIT]);
  resources = add_object (job, "TransformResources");
  add_text (resources, "InstanceType", self->texts[TEXT_JOB_TYPE]);
  json_object_set_int_member (resources, "InstanceCount", 1);
}

JsonObject *
trestle_package_form_build (TrestlePackageForm *self)
{
  JsonObject *input = json_object_new ();
  JsonObject *inference, *container;
  JsonArray *containers = json_array_new ();

  g_return_val_if_fail (TRESTLE_IS_PACKAGE_FORM (self), NULL);

  add_text (input, self->algorithm ? "AlgorithmName" : "ModelPackageName", self->texts[TEXT_NAME]);
  add_text (input, self->algorithm ? "AlgorithmDescription" : "ModelPackageDescription",
            self->texts[TEXT_DESCRIPTION]);
  if (self->algorithm)
    trestle_package_form_add_training (self, input);
  inference = add_object (input, "InferenceSpecification");
  json_object_set_array_member (inference, "Containers", containers);
  container = json_object_new ();
  json_array_add_object_element (containers, container);
  add_text (container, "Image", self->texts[self->algorithm ? TEXT_SERVING_IMAGE : TEXT_IMAGE]);
  /* an algorithm's model is what it learns */
  if (!self->algorithm)
    add_text (container, "ModelDataUrl", self->texts[TEXT_MODEL_DATA]);
  for (guint i = 0; i < N_INFERENCE_LISTS; i++)
    {
      JsonArray *texts = json_array_new ();

      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (self->lists[i])); k++)
        json_array_add_string_element (texts, gtk_string_list_get_string (self->lists[i], k));
      json_object_set_array_member (inference, list_members[i], texts);
    }
  if (self->certify)
    add_validation (self, input);
  json_object_set_boolean_member (input, "CertifyForMarketplace", self->certify);
  return input;
}

char *
trestle_package_form_dup_code (TrestlePackageForm *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;
  g_autofree char *quoted = NULL;

  g_return_val_if_fail (TRESTLE_IS_PACKAGE_FORM (self), NULL);

  json_node_take_object (node, trestle_package_form_build (self));
  json = trestle_json_to_string (node, TRUE);
  quoted = g_shell_quote (json);
  return g_strdup_printf ("aws sagemaker %s --region %s --cli-input-json %s\n",
                          self->algorithm ? "create-algorithm" : "create-model-package",
                          self->region, quoted);
}

/* --- Object --------------------------------------------------------------------------------- */

static void
trestle_package_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestlePackageForm *self = TRESTLE_PACKAGE_FORM (object);

  if (id == PROP_CERTIFY)
    g_value_set_boolean (value, self->certify);
  else if (id == PROP_ALGORITHM)
    g_value_set_boolean (value, self->algorithm);
  else if (id == PROP_DISTRIBUTED)
    g_value_set_boolean (value, self->distributed);
  else if (id >= 1 && id <= N_TEXTS)
    g_value_set_string (value, self->texts[id - 1]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_package_form_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  TrestlePackageForm *self = TRESTLE_PACKAGE_FORM (object);

  if (id == PROP_CERTIFY || id == PROP_ALGORITHM || id == PROP_DISTRIBUTED)
    {
      gboolean *flag = id == PROP_CERTIFY     ? &self->certify
                       : id == PROP_ALGORITHM ? &self->algorithm
                                              : &self->distributed;

      if (*flag == g_value_get_boolean (value))
        return;
      *flag = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      emit_changed (self);
    }
  else if (id >= 1 && id <= N_TEXTS)
    set_text (self, (FormText) (id - 1), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_package_form_finalize (GObject *object)
{
  TrestlePackageForm *self = TRESTLE_PACKAGE_FORM (object);
  GListStore *const stores[] = { self->channels, self->hyperparameters, self->metrics };

  for (guint i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);
  for (guint i = 0; i < N_LISTS; i++)
    {
      g_signal_handlers_disconnect_by_data (self->lists[i], self);
      g_object_unref (self->lists[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      g_signal_handlers_disconnect_by_data (stores[i], self);
      g_object_unref (stores[i]);
    }
  g_free (self->region);
  g_free (self->account);
  g_clear_object (&self->images);
  g_clear_object (&self->roles);
  g_clear_object (&self->packages);
  G_OBJECT_CLASS (trestle_package_form_parent_class)->finalize (object);
}

static void
trestle_package_form_class_init (TrestlePackageFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = trestle_package_form_get_property;
  object_class->set_property = trestle_package_form_set_property;
  object_class->finalize = trestle_package_form_finalize;
  for (guint i = 0; i < N_TEXTS; i++)
    properties[i + 1] = g_param_spec_string (text_names[i], NULL, NULL, "", flags);
  properties[PROP_CERTIFY] = g_param_spec_boolean ("certify", NULL, NULL, TRUE, flags);
  properties[PROP_ALGORITHM] = g_param_spec_boolean ("algorithm", NULL, NULL, FALSE, flags);
  properties[PROP_DISTRIBUTED] = g_param_spec_boolean ("distributed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", TRESTLE_TYPE_PACKAGE_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static GListStore *
new_store (TrestlePackageForm *self, GType type)
{
  GListStore *store = g_list_store_new (type);

  g_signal_connect_swapped (store, "items-changed", G_CALLBACK (emit_changed), self);
  return store;
}

static void
trestle_package_form_init (TrestlePackageForm *self)
{
  self->channels = new_store (self, TRESTLE_TYPE_TRAINING_CHANNEL);
  self->hyperparameters = new_store (self, TRESTLE_TYPE_HYPERPARAMETER);
  self->metrics = new_store (self, TRESTLE_TYPE_TRAINING_METRIC);
  for (guint i = 0; i < N_TEXTS; i++)
    self->texts[i] = g_strdup (i == TEXT_SPLIT ? "None" : "");
  for (guint i = 0; i < N_LISTS; i++)
    {
      self->lists[i] = gtk_string_list_new (NULL);
      g_signal_connect_swapped (self->lists[i], "items-changed", G_CALLBACK (emit_changed), self);
    }
  self->certify = TRUE;
}

TrestlePackageForm *
trestle_package_form_new (const char *region)
{
  TrestlePackageForm *self = g_object_new (TRESTLE_TYPE_PACKAGE_FORM, NULL);

  self->region = g_strdup (region);
  return self;
}
