/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-packages.h"

#include "base/trestle-json.h"
#include "practice/models/trestle-practice-model.h"
#include "practice/trestle-practice-archive.h"
#include "practice/trestle-practice-put.h"
#include "practice/trestle-practice-resources.h"
#include "practice/trestle-practice-s3.h"

#define SELLER "444455556666"
#define BUCKET "practice-seller-" SELLER
#define ROLE "arn:aws:iam::" SELLER ":role/trestle-practice-execution"
#define DAY (24 * 3600 * TRESTLE_SECOND)

static const struct
{
  const char *name;
  const char *title;
  const char *repository;
  const char *types[4];
  guint days; /* before the state's first start */
  gboolean certified;
} seeds[] = {
  { "petal-sorter-v1", "Petal Sorter 1", "iris", { "ml.m5.large", "ml.m5.xlarge" }, 118, TRUE },
  { "shade-card-v1", "Shade Card 1", "palette", { "ml.m5.large", "ml.c5.xlarge" }, 92, TRUE },
  { "spot-count-v1", "Spot Count 1", "blobs", { "ml.m5.xlarge", "ml.c5.xlarge" }, 71, TRUE },
  { "petal-sorter-v2", "Petal Sorter 2", "iris", { "ml.m5.large", "ml.m5.xlarge" }, 55, TRUE },
  { "tuning-fork-v1", "Tuning Fork 1", "pitch", { "ml.m5.large" }, 34, TRUE },
  { "spot-count-v2-beta",
    "Spot Count 2, beta",
    "vulnerable",
    { "ml.m5.xlarge", "ml.c5.xlarge" },
    20,
    TRUE },
  { "petal-sorter-v3-raw", "Petal Sorter 3", "iris", { "ml.m5.large", "ml.m5.xlarge" }, 9, FALSE },
  { "meadow-sorter-v1",
    "Meadow Sorter 1",
    "iris",
    { "ml.m5.large", "ml.m5.xlarge", "ml.c5.xlarge" },
    4,
    TRUE },
};

static void
put_texts (JsonBuilder *out, const char *name, const char *const *texts)
{
  open_array (out, name);
  for (guint i = 0; texts[i] != NULL; i++)
    json_builder_add_string_value (out, texts[i]);
  close_array (out);
}

static void
put_profile (JsonBuilder *out,
             const char *engine,
             const TrestlePracticeModel *model,
             const char *type)
{
  g_autofree char *input = g_strdup_printf ("s3://" BUCKET "/validation/%s/", engine);
  g_autofree char *output = g_strdup_printf ("s3://" BUCKET "/validation-output/%s", engine);

  open_object (out, "ValidationSpecification");
  put_text (out, "ValidationRole", ROLE);
  open_array (out, "ValidationProfiles");
  open_object (out, NULL);
  put_text (out, "ProfileName", "Validation");
  open_object (out, "TransformJobDefinition");
  put_int (out, "MaxConcurrentTransforms", 1);
  put_int (out, "MaxPayloadInMB", 6);
  open_object (out, "TransformInput");
  open_object (out, "DataSource");
  open_object (out, "S3DataSource");
  put_text (out, "S3DataType", "S3Prefix");
  put_text (out, "S3Uri", input);
  close_object (out);
  close_object (out);
  put_text (out, "ContentType", model->content_types[0]);
  put_text (out, "CompressionType", "None");
  put_text (out, "SplitType", "None");
  close_object (out);
  open_object (out, "TransformOutput");
  put_text (out, "S3OutputPath", output);
  put_text (out, "Accept", model->accepts[0]);
  put_text (out, "AssembleWith", "None");
  close_object (out);
  open_object (out, "TransformResources");
  put_text (out, "InstanceType", type);
  put_int (out, "InstanceCount", 1);
  close_object (out);
  close_object (out);
  close_object (out);
  close_array (out);
  close_object (out);
}

static char *
dup_doc (guint i, const TrestlePracticeImage *image)
{
  const TrestlePracticeModel *model = trestle_practice_model_lookup (image->engine);
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *uri = g_strdup_printf (SELLER ".dkr.ecr." TRESTLE_PRACTICE_REGION
                                                 ".amazonaws.com/%s:%s",
                                          image->repository, image->tag);
  g_autofree char *digest = trestle_practice_registry_dup_digest (SELLER, image->repository,
                                                                  image->tag);
  g_autofree char *data = g_strdup_printf ("s3://" BUCKET "/models/%s/model.tar.gz", image->engine);

  json_builder_begin_object (out);
  put_text (out, "ModelPackageName", seeds[i].name);
  put_text (out, "ModelPackageDescription", seeds[i].title);
  open_object (out, "InferenceSpecification");
  open_array (out, "Containers");
  open_object (out, NULL);
  put_text (out, "Image", uri);
  put_text (out, "ImageDigest", digest);
  put_text (out, "ModelDataUrl", data);
  close_object (out);
  close_array (out);
  put_texts (out, "SupportedTransformInstanceTypes", seeds[i].types);
  put_texts (out, "SupportedRealtimeInferenceInstanceTypes", seeds[i].types);
  put_texts (out, "SupportedContentTypes", model->content_types);
  put_texts (out, "SupportedResponseMIMETypes", model->accepts);
  close_object (out);
  put_profile (out, image->engine, model, seeds[i].types[0]);
  put_bool (out, "CertifyForMarketplace", seeds[i].certified);
  json_builder_end_object (out);
  node = json_builder_get_root (out);
  return trestle_json_to_string (node, FALSE);
}

static void
add_package (TrestlePracticeWorld *world, guint i, gint64 epoch)
{
  TrestlePracticeImageName name = { (char *) SELLER, NULL, (char *) seeds[i].repository,
                                    (char *) "1" };
  const TrestlePracticeImage *image = trestle_practice_registry_find (&name);
  g_autofree char *doc = dup_doc (i, image);
  g_autofree char *reason = trestle_practice_image_dup_findings (image);
  g_autofree char *scan = trestle_practice_packages_dup_item (
      seeds[i].name, reason != NULL ? "Failed" : "Completed", reason);
  g_autofree char *validation = trestle_practice_packages_dup_item ("Validation", "Completed",
                                                                    NULL);

  trestle_practice_run (
      world->state,
      "INSERT OR IGNORE INTO packages"
      " (account, region, kind, name, created, status, doc, validations, scans, step)"
      " VALUES (?, ?, 'model-package', ?, ?, ?, ?, ?, ?, ?)",
      "sssissssi", SELLER, TRESTLE_PRACTICE_REGION, seeds[i].name,
      epoch - (gint64) seeds[i].days * DAY, reason != NULL ? "Failed" : "Completed", doc,
      validation, scan, (gint64) TRESTLE_PRACTICE_STEP_NONE);
}

static void
store (TrestlePracticeWorld *world, const char *key, const char *type, GBytes *body, gint64 now)
{
  g_free (trestle_practice_s3_store (world->state, BUCKET, key, type, "{}", body, now));
}

/* What a form for a new package can choose from: inputs, model data, rows to train on. */
static void
add_objects (TrestlePracticeWorld *world, gint64 epoch)
{
  guint n;
  const TrestlePracticeImage *images = trestle_practice_registry_images (SELLER, &n);

  trestle_practice_s3_make_bucket (world->state, BUCKET, SELLER);
  for (guint i = 0; i < n; i++)
    {
      const TrestlePracticeModel *model = trestle_practice_model_lookup (images[i].engine);
      g_autofree char *sample = NULL;
      g_autofree char *key = NULL;
      g_autofree char *data_key = NULL;
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GBytes) data = NULL;

      /* Two images of one engine share them. */
      if (model == NULL || !g_str_equal (images[i].repository, images[i].engine))
        continue;
      sample = g_strconcat ("samples/", model->samples[0], NULL);
      key = g_strdup_printf ("validation/%s/%s", model->id, model->samples[0]);
      data_key = g_strdup_printf ("models/%s/model.tar.gz", model->id);
      body = trestle_practice_resources_lookup (sample, NULL);
      data = trestle_practice_archive_new ("weights.bin", model->id);
      if (body == NULL)
        continue;
      store (world, key, model->content_types[0], body, epoch);
      store (world, data_key, "application/gzip", data, epoch);
      if (g_str_equal (model->id, "iris"))
        store (world, "training/iris/iris-4.csv", "text/csv", body, epoch);
    }
}

/* Variants from before the engine was remembered with them are all of the catalogue's packages. */
static void
fill_engines (TrestlePracticeWorld *world)
{
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (world->state,
                                     "SELECT DISTINCT region, package FROM variants"
                                     " WHERE engine IS NULL",
                                     NULL);

  while (trestle_practice_next (rows))
    {
      const char *region = trestle_practice_column_text (rows, 0);
      const char *package = trestle_practice_column_text (rows, 1);
      g_autofree char *arn = trestle_practice_packages_dup_arn (region, package);
      const TrestlePracticeVersion *version = trestle_practice_catalogue_find_arn (world->catalogue,
                                                                                   arn, region);

      trestle_practice_run (world->state,
                            "UPDATE variants SET engine = ? WHERE region = ? AND package = ?",
                            "sss", version != NULL ? version->engine : "", region, package);
    }
}

void
trestle_practice_packages_seed (TrestlePracticeWorld *world)
{
  gint64 epoch = trestle_practice_get_int (world->state, trestle_clock_now (),
                                           "SELECT value FROM meta WHERE key = 'created'", NULL);

  if (trestle_practice_get_int (world->state, 0, "SELECT 1 FROM meta WHERE key = 'packages'", NULL))
    return;
  trestle_practice_run (world->state, "INSERT INTO meta VALUES ('packages', '1')", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    add_package (world, i, epoch);
  add_objects (world, epoch);
  fill_engines (world);
}
