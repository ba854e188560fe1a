/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-dimensions.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *key;
    TrestleUsageMode mode;
    const char *type;
  } cases[] = {
    { "ml.m5.xlarge.m.i.r", TRESTLE_USAGE_MODE_REALTIME, "ml.m5.xlarge" },
    { "ml.g4dn.xlarge.m.i.b", TRESTLE_USAGE_MODE_BATCH, "ml.g4dn.xlarge" },
    { "ml.p3.2xlarge.a.t", TRESTLE_USAGE_MODE_TRAINING, "ml.p3.2xlarge" },
    { "ml.c5.large.a.i.r", TRESTLE_USAGE_MODE_REALTIME, "ml.c5.large" },
    { "ml.c5.large.a.i.b", TRESTLE_USAGE_MODE_BATCH, "ml.c5.large" },
    { "m.i.c", TRESTLE_USAGE_MODE_INFERENCE, NULL },
    { "inference.count.m.i.c", TRESTLE_USAGE_MODE_INFERENCE, NULL },
    { "users", TRESTLE_USAGE_MODE_OTHER, NULL },
    { "users.c", TRESTLE_USAGE_MODE_OTHER, NULL },
    { "ml.m5.large.t", TRESTLE_USAGE_MODE_OTHER, NULL },
    { "t3.large.m.i.r", TRESTLE_USAGE_MODE_OTHER, NULL },
    { "ml.m.i.r", TRESTLE_USAGE_MODE_OTHER, NULL },
    { "ml.m5.large.m.i.x", TRESTLE_USAGE_MODE_OTHER, NULL },
    { ".m.i.r", TRESTLE_USAGE_MODE_OTHER, NULL },
    { "r", TRESTLE_USAGE_MODE_OTHER, NULL },
    { "", TRESTLE_USAGE_MODE_OTHER, NULL },
    { NULL, TRESTLE_USAGE_MODE_OTHER, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *type = NULL;

      g_test_message ("%s", cases[i].key);
      g_assert_cmpint (trestle_dimension_parse (cases[i].key, &type), ==, cases[i].mode);
      g_assert_cmpstr (type, ==, cases[i].type);
      g_assert_cmpint (trestle_dimension_parse (cases[i].key, NULL), ==, cases[i].mode);
    }
}

static void
test_round (void)
{
  for (int mode = TRESTLE_USAGE_MODE_REALTIME; mode <= TRESTLE_USAGE_MODE_INFERENCE; mode++)
    {
      g_autofree char *key = trestle_dimension_dup_key ("ml.m5.large", (TrestleUsageMode) mode);
      g_autofree char *type = NULL;

      g_assert_cmpint (trestle_dimension_parse (key, &type), ==, mode);
      g_assert_cmpstr (type, ==, mode == TRESTLE_USAGE_MODE_INFERENCE ? NULL : "ml.m5.large");
    }
  g_assert_null (trestle_dimension_dup_key ("ml.m5.large", TRESTLE_USAGE_MODE_OTHER));
}

static void
test_words (void)
{
  g_autofree char *hour = trestle_dimension_dup_words ("ml.m5.large.m.i.r");
  g_autofree char *call = trestle_dimension_dup_words ("m.i.c");
  g_autofree char *other = trestle_dimension_dup_words ("users");

  g_assert_cmpstr (hour, ==, "ml.m5.large real-time");
  g_assert_cmpstr (call, ==, "one inference");
  g_assert_cmpstr (other, ==, "users");
}

static char *
keys_of (TrestleProductKind kind, gboolean per_inference)
{
  const char *const realtime[] = { "ml.m5.large", "ml.c5.large", NULL };
  const char *const batch[] = { "ml.m5.large", NULL };
  const char *const training[] = { "ml.p3.2xlarge", NULL };
  g_autoptr (TrestlePackage)
      package = g_object_new (TRESTLE_TYPE_PACKAGE, "kind", kind, "realtime-types", realtime,
                              "transform-types", batch, "training-types", training, NULL);
  g_auto (GStrv) keys = trestle_dimensions_of_package (package, per_inference);

  return g_strjoinv (" ", keys);
}

static void
test_package (void)
{
  g_autofree char *model = keys_of (TRESTLE_PRODUCT_KIND_MODEL, FALSE);
  g_autofree char *call = keys_of (TRESTLE_PRODUCT_KIND_MODEL, TRUE);
  g_autofree char *algorithm = keys_of (TRESTLE_PRODUCT_KIND_ALGORITHM, FALSE);
  g_autoptr (TrestlePackage) bare = g_object_new (TRESTLE_TYPE_PACKAGE, NULL);
  g_auto (GStrv) none = trestle_dimensions_of_package (bare, FALSE);

  g_assert_cmpstr (model, ==, "ml.m5.large.m.i.r ml.c5.large.m.i.r ml.m5.large.m.i.b");
  g_assert_cmpstr (call, ==, "inference.count.m.i.c ml.m5.large.m.i.b");
  g_assert_cmpstr (algorithm, ==,
                   "ml.m5.large.m.i.r ml.c5.large.m.i.r ml.m5.large.m.i.b ml.p3.2xlarge.a.t");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dimensions/parse", test_parse);
  g_test_add_func ("/dimensions/round", test_round);
  g_test_add_func ("/dimensions/words", test_words);
  g_test_add_func ("/dimensions/package", test_package);
  return g_test_run ();
}
