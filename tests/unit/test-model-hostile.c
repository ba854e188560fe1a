/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-test"

#include "unit/model-test.h"

#define N_MUTATIONS 200

static const TrestlePracticeModel *
model_at (guint i)
{
  return trestle_practice_models (NULL)[i];
}

/* Whatever was sent, this is an answer that can be handed on. */
static void
check (TrestlePracticeAnswer *answer)
{
  g_autoptr (TrestlePracticeAnswer) owned = answer;

  g_assert_true (owned->status == 200 || owned->status == 500
                 || (owned->status >= 400 && owned->status < 430));
  g_assert_cmpuint (g_bytes_get_size (owned->body), >, 0);
  if (g_str_equal (owned->content_type, "application/json"))
    {
      g_autoptr (JsonObject) object = object_of (owned);

      g_assert_cmpuint (json_object_get_size (object), >, 0);
    }
}

static const char *
type_of (const TrestlePracticeModel *model, const char *sample)
{
  if (g_str_has_suffix (sample, ".jsonl"))
    return "application/jsonlines";
  if (g_str_has_suffix (sample, ".json"))
    return "application/json";
  if (g_str_has_suffix (sample, ".txt"))
    return "text/plain";

  return NULL;
}

static void
test_samples (void)
{
  guint n;

  trestle_practice_models (&n);
  g_assert_cmpuint (n, ==, 17);
  for (guint i = 0; i < n; i++)
    {
      const TrestlePracticeModel *model = model_at (i);

      g_assert_nonnull (model->samples[0]);
      for (guint s = 0; model->samples[s] != NULL; s++)
        {
          g_autoptr (GBytes) body = read_sample (model->samples[s]);
          g_autoptr (TrestlePracticeAnswer) answer = NULL;
          gboolean known = FALSE;

          answer = ask_bytes (model->id, body, type_of (model, model->samples[s]), NULL, NULL);
          g_assert_cmpint (answer->status, ==, g_str_equal (model->id, "failing") ? 500 : 200);
          for (guint a = 0; model->accepts[a] != NULL; a++)
            known |= g_str_equal (model->accepts[a], answer->content_type);
          g_assert_true (known);
        }
    }
}

/* Flips, drops, doubles and overwrites runs of bytes. */
static GBytes *
mutate (GBytes *body, GRand *rand)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  guint n = g_rand_int_range (rand, 1, 9);

  g_byte_array_append (array, data, size);
  for (guint i = 0; i < n && array->len > 1; i++)
    {
      /* Half of all changes hit the first bytes, where the headers are. */
      guint reach = g_rand_boolean (rand) ? MIN (array->len, 64) : array->len;
      guint at = g_rand_int_range (rand, 0, reach);
      guint length = g_rand_int_range (rand, 1, 33);

      length = MIN (length, array->len - at);
      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0:
          array->data[at] ^= 1 << g_rand_int_range (rand, 0, 8);
          break;
        case 1:
          array->data[at] = g_rand_int_range (rand, 0, 256);
          break;
        case 2:
          memset (array->data + at, g_rand_boolean (rand) ? 0xff : 0, length);
          break;
        case 3:
          g_byte_array_remove_range (array, at, length);
          break;
        default:
          g_byte_array_set_size (array, g_rand_int_range (rand, 0, 8) == 0 ? at : array->len);
          break;
        }
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

static void
test_mutations (gconstpointer data)
{
  const TrestlePracticeModel *model = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (2026);
  g_autoptr (GBytes) body = NULL;
  const char *type = NULL;
  const char *sample = model->samples[0];

  for (guint s = 0; model->samples[s] != NULL; s++)
    sample = model->samples[s];
  body = read_sample (sample);
  type = type_of (model, sample);

  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      g_autoptr (GBytes) wrong = mutate (body, rand);

      check (ask_bytes (model->id, wrong, type, NULL, NULL));
    }
}

/* Every model, every type it takes, with bytes that are nothing at all. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint n;

  trestle_practice_models (&n);
  for (guint i = 0; i < n; i++)
    for (guint t = 0; model_at (i)->content_types[t] != NULL; t++)
      for (guint round = 0; round < 40; round++)
        {
          guint size = g_rand_int_range (rand, 0, 600);
          guint8 *data = g_malloc (size + 1);
          g_autoptr (GBytes) body = NULL;

          for (guint k = 0; k < size; k++)
            data[k] = round % 2 == 0
                          ? g_rand_int_range (rand, 0, 256)
                          : "0123456789,.;-\n{}[]\":etx \xc3\xa4"[g_rand_int_range (rand, 0, 26)];
          body = g_bytes_new_take (data, size);
          check (ask_bytes (model_at (i)->id, body, model_at (i)->content_types[t], NULL, NULL));
        }
}

static void
test_attributes (void)
{
  static const char *const names[] = { "colors",  "min-score", "min-area",  "classes", "strength",
                                       "keep",    "report",    "threshold", "count",   "kinds",
                                       "horizon", "season",    "clusters" };
  static const char *const values[] = { "",      "nan",  "inf",          "-1",
                                        "1e308", "0x10", "999999999999", "\xff\xfe",
                                        ",,,",   "%s%n", "1;1",          "car,car,car" };
  guint n;

  trestle_practice_models (&n);
  for (guint i = 0; i < n; i++)
    {
      const TrestlePracticeModel *model = model_at (i);
      g_autoptr (GBytes) body = NULL;

      /* The large pictures would take long and show no more than palette's. */
      if (g_str_equal (model->id, "vehicles") || g_str_equal (model->id, "denoise"))
        continue;
      body = read_sample (model->samples[0]);
      for (guint a = 0; a < G_N_ELEMENTS (names); a++)
        for (guint v = 0; v < G_N_ELEMENTS (values); v++)
          {
            g_autofree char *text = g_strdup_printf (" %s = %s ;", names[a], values[v]);

            check (ask_bytes (model->id, body, type_of (model, model->samples[0]), NULL, text));
          }
    }
}

static gpointer
ask_often (gpointer data)
{
  guint n;

  trestle_practice_models (&n);
  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < n; i++)
      {
        const TrestlePracticeModel *model = model_at (i);
        g_autoptr (GBytes) body = read_sample (model->samples[0]);

        check (ask_bytes (model->id, body, type_of (model, model->samples[0]), NULL, NULL));
      }

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("asks", ask_often, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  guint n;

  g_test_init (&argc, &argv, NULL);

  /* First, so that what is made once is made by several threads at the same time. */
  g_test_add_func ("/model/hostile/threads", test_threads);
  g_test_add_func ("/model/hostile/samples", test_samples);
  trestle_practice_models (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat ("/model/hostile/", model_at (i)->id, NULL);

      g_test_add_data_func (path, model_at (i), test_mutations);
    }
  g_test_add_func ("/model/hostile/random", test_random);
  g_test_add_func ("/model/hostile/attributes", test_attributes);

  return g_test_run ();
}
