/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libdex.h>
#include <malloc.h>
#include <string.h>

#include "base/trestle-clock.h"
#include "domain/trestle-values.h"
#include "logs/trestle-log-model.h"

/*
 * filter-lines FILE WORD: reads FILE's lines into the model of the Logs page and types WORD into its filter,
 * letter by letter. Prints a line of JSON for each letter: the text, how many lines have it, how long it
 * took until they were shown, and for how long the main loop stood still meanwhile.
 */

#define PAGE 10000 /* events of one answer of CloudWatch */

typedef struct
{
  gint64 last;
  gint64 longest;
} Pulse;

static gboolean
on_pulse (gpointer data)
{
  Pulse *pulse = data;
  gint64 now = g_get_monotonic_time ();

  if (pulse->last > 0)
    pulse->longest = MAX (pulse->longest, now - pulse->last);
  pulse->last = now;
  return G_SOURCE_CONTINUE;
}

static void
show_page (GListStore *source, GPtrArray *events)
{
  for (guint i = 0; i < events->len / 2; i++)
    {
      gpointer event = events->pdata[i];

      events->pdata[i] = events->pdata[events->len - 1 - i];
      events->pdata[events->len - 1 - i] = event;
    }
  g_list_store_splice (source, 0, 0, events->pdata, events->len);
  g_ptr_array_set_size (events, 0);
}

static void
type (TrestleLogModel *model, const char *text)
{
  Pulse pulse = { 0 };
  guint source = g_timeout_add (1, on_pulse, &pulse);
  gint64 begun = g_get_monotonic_time ();
  gint64 took;
  guint n = 0;

  trestle_log_model_set_query (model, text, 0, 0);
  while (trestle_log_model_get_filtering (model))
    g_main_context_iteration (NULL, TRUE);
  g_main_context_iteration (NULL, TRUE);
  took = g_get_monotonic_time () - begun;
  g_source_remove (source);
  n = g_list_model_get_n_items (G_LIST_MODEL (model));
  g_print ("{\"text\": \"%s\", \"lines\": %u, \"ms\": %.2f, \"still_ms\": %.2f}\n", text, n,
           (double) took / 1000, (double) pulse.longest / 1000);
}

int
main (int argc, char **argv)
{
  g_autofree char *contents = NULL;
  g_autoptr (GListStore) source = g_list_store_new (TRESTLE_TYPE_LOG_EVENT);
  g_autoptr (TrestleLogModel) model = trestle_log_model_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  gsize before, with_events;
  gint64 when = 0, begun, spent = 0;
  guint n = 0;

  dex_init ();
  if (argc != 3 || !g_file_get_contents (argv[1], &contents, NULL, NULL))
    return 2;

  before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  for (char *line = contents, *end; *line != '\0' && (end = strchr (line, '\n')) != NULL;
       line = end + 1, n++)
    {
      *end = '\0';
      when += TRESTLE_SECOND / 100;
      g_ptr_array_add (events, g_object_new (TRESTLE_TYPE_LOG_EVENT, "when", when, "message", line,
                                             "stream", "AllTraffic/i-0practice01", "group",
                                             "/aws/sagemaker/Endpoints/yard-counter", "level",
                                             trestle_log_level_guess (line), NULL));
      if (events->len == PAGE)
        show_page (source, events);
    }
  show_page (source, events);
  with_events = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;

  begun = g_get_monotonic_time ();
  trestle_log_model_set_source (model, G_LIST_MODEL (source));
  spent = g_get_monotonic_time () - begun;
  g_print ("{\"lines\": %u, \"take_ms\": %.1f, \"bytes_a_line\": %.1f, \"bytes_an_event\": %.1f}\n",
           n, (double) spent / 1000,
           (double) (mallinfo2 ().uordblks + mallinfo2 ().hblkhd - with_events) / n,
           (double) (with_events - before) / n);

  for (gsize i = 1; i <= strlen (argv[2]); i++)
    {
      g_autofree char *text = g_strndup (argv[2], i);

      type (model, text);
    }
  type (model, "");
  /* All at once, as when it is pasted: nothing to narrow. */
  type (model, argv[2]);
  return 0;
}
