/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include <glib/gi18n.h>
#include <string.h>

#include "domain/trestle-container-image.h"
#include "domain/trestle-finding.h"
#include "domain/trestle-marketplace.h"
#include "domain/trestle-role.h"
#include "domain/trestle-s3-address.h"
#include "domain/trestle-text.h"
#include "packages/trestle-package-form-private.h"

/* What can be said of a package before SageMaker is asked, which may take its time to refuse it. */

#define IMAGE_EXPRESSION                                                                           \
  "^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?/[a-z0-9][a-z0-9._/-]*[:@]\\S+$"

static void
add (GPtrArray *findings,
     TrestleSeverity severity,
     const char *field,
     char *message,
     const char *fix)
{
  g_ptr_array_add (findings, g_object_new (TRESTLE_TYPE_FINDING, "field", field, "severity",
                                           severity, "message", message, "fix", fix, NULL));
  g_free (message);
}

static void
fail (GPtrArray *findings, const char *field, const char *message, const char *fix)
{
  add (findings, TRESTLE_SEVERITY_ERROR, field, g_strdup (message), fix);
}

static gpointer
find (GListModel *model, const char *property, const char *value)
{
  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char *text = NULL;

      g_object_get (item, property, &text, NULL);
      if (g_strcmp0 (text, value) == 0)
        return g_steal_pointer (&item);
    }
  return NULL;
}

static void
check_name (TrestlePackageForm *self, GPtrArray *findings)
{
  const char *name = self->texts[TEXT_NAME];

  if (*name == '\0')
    fail (findings, "name", _ ("The package needs a name."), NULL);
  else if (strlen (name) > FORM_NAME_CHARS)
    add (findings, TRESTLE_SEVERITY_ERROR, "name",
         g_strdup_printf (_ ("A name has at most %d characters."), FORM_NAME_CHARS), NULL);
  else if (!trestle_text_matches ("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", name))
    fail (findings, "name", _ ("A name is made of letters, digits and hyphens."),
          _ ("Begin and end it with a letter or a digit."));
  else if (trestle_package_form_is_taken (self, name))
    add (findings, TRESTLE_SEVERITY_ERROR, "name",
         g_strdup_printf (self->algorithm ? _ ("There is an algorithm “%s” already.")
                                          : _ ("There is a package “%s” already."),
                          name),
         _ ("A package cannot be changed: choose another name, with a number for instance."));
  if (g_utf8_strlen (self->texts[TEXT_DESCRIPTION], -1) > FORM_DESCRIPTION_CHARS)
    add (findings, TRESTLE_SEVERITY_ERROR, "description",
         g_strdup_printf (_ ("A description has at most %d characters."), FORM_DESCRIPTION_CHARS),
         NULL);
}

static void
check_region (TrestlePackageForm *self, GPtrArray *findings)
{
  if (self->certify && !g_strv_contains (trestle_marketplace_regions (), self->region))
    add (findings, TRESTLE_SEVERITY_ERROR, "certify",
         g_strdup_printf (_ ("Not every account has the Region %s enabled."), self->region),
         _ ("Make the package in a Region that every account has, such as us-east-1."));
}

static void
check_image (TrestlePackageForm *self, GPtrArray *findings, const char *field, const char *image)
{
  g_autoptr (TrestleContainerImage) known = find (self->images, "uri", image);
  g_auto (GStrv) parts = g_strsplit (image, ".", 6);

  if (*image == '\0')
    {
      fail (findings, field, _ ("The package needs a container image."), NULL);
      return;
    }
  if (strlen (image) > FORM_IMAGE_CHARS || !trestle_text_matches (IMAGE_EXPRESSION, image))
    {
      fail (findings, field, _ ("This is no image of a private repository of ECR."),
            _ ("ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG"));
      return;
    }
  if (self->account != NULL && !g_str_equal (parts[0], self->account))
    add (findings, TRESTLE_SEVERITY_ERROR, field,
         g_strdup_printf (_ ("The image belongs to account %s."), parts[0]),
         _ ("AWS Marketplace takes images of your own registry only: push it there."));
  else if (!g_str_equal (parts[3], self->region))
    add (findings, TRESTLE_SEVERITY_ERROR, field,
         g_strdup_printf (_ ("The image is in %s, the package is made in %s."), parts[3],
                          self->region),
         _ ("Push the image to the Region of the package."));
  else if (known == NULL && self->images != NULL)
    fail (findings, field, _ ("The registry has no such image."), NULL);
  else if (known != NULL && trestle_container_image_get_critical (known) > 0)
    add (findings, TRESTLE_SEVERITY_WARNING, field,
         g_strdup_printf (g_dngettext (NULL, "The last scan found %d critical weakness.",
                                       "The last scan found %d critical weaknesses.",
                                       (gulong) trestle_container_image_get_critical (known)),
                          (int) trestle_container_image_get_critical (known)),
         _ ("A package of it will fail. Build the image anew on a mended base."));
}

static void
check_model_data (TrestlePackageForm *self, GPtrArray *findings)
{
  const char *data = self->texts[TEXT_MODEL_DATA];

  if (*data == '\0')
    return; /* the image may hold the model */
  if (!trestle_s3_address_is_valid (data))
    fail (findings, "model-data", _ ("Model data lie in S3."), _ ("s3://BUCKET/…/model.tar.gz"));
  else if (!g_str_has_suffix (data, ".tar.gz"))
    fail (findings, "model-data", _ ("Model data are one archive, .tar.gz."),
          _ ("tar czf model.tar.gz -C FOLDER ."));
}

static void
check_types (TrestlePackageForm *self, GPtrArray *findings)
{
  static const char *const names[] = { "realtime", "batch", "content-types", "response-types" };

  for (guint i = 0; i < N_INFERENCE_LISTS; i++)
    {
      guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lists[i]));
      gboolean instances = i == LIST_REALTIME || i == LIST_BATCH;

      if (n == 0)
        fail (findings, names[i],
              i == LIST_REALTIME ? _ ("Name at least one instance type for real-time use.")
              : i == LIST_BATCH  ? _ ("Name at least one instance type for batch jobs.")
              : i == LIST_CONTENT_TYPES
                  ? _ ("Name at least one content type that requests may have.")
                  : _ ("Name at least one content type that answers may have."),
              NULL);
      for (guint k = 0; k < n; k++)
        {
          const char *text = gtk_string_list_get_string (self->lists[i], k);

          if (!trestle_text_matches (instances ? "^ml\\.[a-z0-9-]+\\.[a-z0-9]+$"
                                               : "^[\\w.+-]+/[\\w.+*-]+(;.*)?$",
                                     text))
            add (findings, TRESTLE_SEVERITY_ERROR, names[i],
                 g_strdup_printf (instances ? _ ("“%s” is no instance type.")
                                            : _ ("“%s” is no content type."),
                                  text),
                 NULL);
        }
    }
}

static gboolean
has (GtkStringList *list, const char *text)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    if (g_str_equal (gtk_string_list_get_string (list, i), text))
      return TRUE;
  return FALSE;
}

static void
check_role (TrestlePackageForm *self, GPtrArray *findings)
{
  const char *arn = self->texts[TEXT_ROLE];
  g_autoptr (TrestleRole) role = find (self->roles, "arn", arn);
  g_auto (GStrv) parts = g_strsplit (arn, ":", 6);

  if (*arn == '\0')
    fail (findings, "role", _ ("The validation needs a role that SageMaker may assume."), NULL);
  else if (role != NULL && !trestle_role_get_trusts_sagemaker (role))
    add (
        findings, TRESTLE_SEVERITY_ERROR, "role",
        g_strdup_printf (_ ("The role %s does not trust SageMaker."), trestle_role_get_name (role)),
        _ ("Allow sagemaker.amazonaws.com to assume it, or choose another."));
  else if (g_strv_length (parts) == 6 && self->account != NULL
           && !g_str_equal (parts[4], self->account))
    fail (findings, "role", _ ("The role belongs to another account."), NULL);
}

static void
check_validation (TrestlePackageForm *self, GPtrArray *findings)
{
  const char *sample = self->texts[TEXT_SAMPLE];

  check_role (self, findings);
  if (!trestle_s3_address_is_valid (sample))
    fail (findings, "sample",
          *sample == '\0' ? _ ("The validation needs sample input.")
                          : _ ("Sample input lies in S3."),
          _ ("s3://BUCKET/FOLDER/"));
  if (!trestle_s3_address_is_valid (self->texts[TEXT_OUTPUT]))
    fail (findings, "output", _ ("The answers of the validation are written to S3."),
          _ ("s3://BUCKET/FOLDER"));
  if (!has (self->lists[LIST_CONTENT_TYPES], self->texts[TEXT_SAMPLE_TYPE]))
    fail (findings, "sample-type", _ ("The sample’s type is none of the request types."), NULL);
  if (!has (self->lists[LIST_RESPONSE_TYPES], self->texts[TEXT_ANSWER_TYPE]))
    fail (findings, "answer-type", _ ("The answer’s type is none of the answer types."), NULL);
  if (!has (self->lists[LIST_BATCH], self->texts[TEXT_JOB_TYPE]))
    fail (findings, "job-type", _ ("The job’s instance type is none of those for batch."), NULL);
}

GPtrArray *
trestle_package_form_check (TrestlePackageForm *self)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (TRESTLE_IS_PACKAGE_FORM (self), findings);

  check_name (self, findings);
  check_image (self, findings, "image", self->texts[TEXT_IMAGE]);
  if (self->algorithm)
    {
      check_image (self, findings, "serving-image", self->texts[TEXT_SERVING_IMAGE]);
      trestle_package_form_check_training (self, findings);
    }
  else
    check_model_data (self, findings);
  check_types (self, findings);
  check_region (self, findings);
  if (self->certify)
    check_validation (self, findings);
  return findings;
}
