/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-books-private.h"
#include "practice/trestle-practice-resources.h"

#define MONTHS 24
/* Feeds are written once a day, for the day before. */
#define WRITTEN (30 * TRESTLE_MINUTE)

/* Read once; lives as long as the program. */
static JsonObject *
get_data (void)
{
  static gsize once;
  static JsonNode *root;

  if (g_once_init_enter (&once))
    {
      g_autoptr (GError) error = NULL;

      root = trestle_practice_resources_load_json ("books.json", &error);
      if (root == NULL)
        g_error ("books.json: %s", error->message);
      g_once_init_leave (&once, 1);
    }
  return json_node_get_object (root);
}

static guint64
hash_text (guint64 hash, const char *text)
{
  for (; *text != '\0'; text++)
    hash = (hash ^ (guchar) *text) * G_GUINT64_CONSTANT (1099511628211);
  return (hash ^ 0xff) * G_GUINT64_CONSTANT (1099511628211);
}

static guint64
mix (guint64 value)
{
  value += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ (value >> 31);
}

static guint64
hash_all (TrestlePracticeBooks *self, const char *what, const char *of, gint64 number)
{
  return mix (hash_text (hash_text (self->seed, what), of) ^ mix ((guint64) number));
}

guint
trestle_practice_books_dice (TrestlePracticeBooks *self,
                             const char *what,
                             const char *of,
                             gint64 number,
                             guint sides)
{
  return (guint) (hash_all (self, what, of, number) % sides);
}

const char *
trestle_practice_books_id (TrestlePracticeBooks *self,
                           const char *prefix,
                           const char *what,
                           const char *of,
                           gint64 number,
                           const char *alphabet,
                           guint length)
{
  guint64 value = hash_all (self, what, of, number);
  gsize letters = strlen (alphabet);
  gsize start = strlen (prefix);
  char text[80];

  g_assert (start + length < sizeof text);
  memcpy (text, prefix, start);
  for (guint i = 0; i < length; i++)
    {
      value = mix (value);
      text[start + i] = alphabet[value % letters];
    }
  return g_string_chunk_insert_len (self->texts, text, (gssize) (start + length));
}

gpointer
trestle_practice_books_alloc (TrestlePracticeBooks *self, gsize size)
{
  gpointer memory = g_malloc0 (size);

  g_ptr_array_add (self->memory, memory);
  return memory;
}

const char *
trestle_practice_books_text (TrestlePracticeBooks *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert (self->texts, text) : NULL;
}

gint64
trestle_practice_books_month (gint64 time, int months)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc_usec (time);
  g_autoptr (GDateTime) start = g_date_time_new_utc (g_date_time_get_year (day),
                                                     g_date_time_get_month (day), 1, 0, 0, 0);
  g_autoptr (GDateTime) month = g_date_time_add_months (start, months);

  return g_date_time_to_unix_usec (month);
}

gint64
trestle_practice_books_told (gint64 time)
{
  return time - time % TRESTLE_DAY + TRESTLE_DAY + WRITTEN;
}

TrestlePracticeBooks *
trestle_practice_books_new (TrestlePracticeWorld *world, gint64 now)
{
  TrestlePracticeBooks *self = g_new0 (TrestlePracticeBooks, 1);
  g_autofree char *seed = trestle_practice_world_get_secret (world);

  self->world = world;
  self->data = get_data ();
  self->seed = hash_text (G_GUINT64_CONSTANT (14695981039346656037), seed);
  self->now = now;
  self->epoch = trestle_practice_get_int (world->state, now,
                                          "SELECT value FROM meta WHERE key = 'created'", NULL);
  self->epoch -= self->epoch % TRESTLE_DAY;
  self->edition = trestle_practice_get_int (world->state, 1,
                                            "SELECT value FROM meta WHERE key = 'books'", NULL);
  self->first = trestle_practice_books_month (self->epoch, -MONTHS);
  self->parties = g_ptr_array_new ();
  self->wares = g_ptr_array_new ();
  self->bids = g_ptr_array_new ();
  self->deals = g_ptr_array_new ();
  self->usage = g_array_new (FALSE, FALSE, sizeof (TrestlePracticeUsage));
  self->events = g_ptr_array_new ();
  self->taxes = g_array_new (FALSE, FALSE, sizeof (TrestlePracticeTax));
  self->texts = g_string_chunk_new (64 * 1024);
  self->memory = g_ptr_array_new_with_free_func (g_free);
  self->rows = trestle_practice_feed_rows_new (now);

  trestle_practice_books_add_parties (self);
  trestle_practice_books_add_wares (self);
  trestle_practice_books_add_deals (self);
  trestle_practice_books_add_real (self);
  trestle_practice_books_use (self);
  trestle_practice_books_pay_out (self);
  trestle_practice_books_tell (self);
  trestle_practice_books_tell_events (self);
  return self;
}

void
trestle_practice_books_free (TrestlePracticeBooks *self)
{
  for (guint i = 0; i < self->wares->len; i++)
    g_array_unref (((TrestlePracticeWare *) self->wares->pdata[i])->rates);
  for (guint i = 0; i < self->deals->len; i++)
    g_array_unref (((TrestlePracticeDeal *) self->deals->pdata[i])->dimensions);
  g_ptr_array_unref (self->parties);
  g_ptr_array_unref (self->wares);
  g_ptr_array_unref (self->bids);
  g_ptr_array_unref (self->deals);
  g_array_unref (self->usage);
  g_ptr_array_unref (self->events);
  g_array_unref (self->taxes);
  g_string_chunk_free (self->texts);
  g_ptr_array_unref (self->memory);
  trestle_practice_feed_rows_free (self->rows);
  g_free (self);
}
