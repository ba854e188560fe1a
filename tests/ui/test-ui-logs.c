/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <libdex.h>

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "domain/trestle-values.h"
#include "logs/trestle-log-detail-page.h"
#include "logs/trestle-log-list.h"
#include "logs/trestle-logs-page.h"
#include "trestle-app-resources.h"
#include "widgets/trestle-page-state.h"

#define PERIOD (3 * TRESTLE_HOUR)

/* --- A feed that says what the test wants --------------------------------------------------- */

#define TEST_TYPE_FEED (test_feed_get_type ())
G_DECLARE_FINAL_TYPE (TestFeed, test_feed, TEST, FEED, GObject)

struct _TestFeed
{
  GObject parent_instance;

  GListStore *events;
  gboolean loading;
  gboolean complete;
  gboolean missing;
  gboolean follow;
  GError *error;
};

enum
{
  PROP_LOADING = 1,
  PROP_COMPLETE,
  PROP_MISSING,
  PROP_FOLLOW,
  PROP_ERROR,
};

static void test_feed_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestFeed,
                               test_feed,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, test_feed_list_init))

static GType
test_feed_get_item_type (GListModel *model)
{
  return TRESTLE_TYPE_LOG_EVENT;
}

static guint
test_feed_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (TEST_FEED (model)->events));
}

static gpointer
test_feed_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (TEST_FEED (model)->events), position);
}

static void
test_feed_list_init (GListModelInterface *iface)
{
  iface->get_item_type = test_feed_get_item_type;
  iface->get_n_items = test_feed_get_n_items;
  iface->get_item = test_feed_get_item;
}

static void
test_feed_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TestFeed *self = TEST_FEED (object);
  const gboolean booleans[] = { FALSE, self->loading, self->complete, self->missing, self->follow };

  if (id == PROP_ERROR)
    g_value_set_boxed (value, self->error);
  else
    g_value_set_boolean (value, booleans[id]);
}

static void
test_feed_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TestFeed *self = TEST_FEED (object);
  gboolean *const booleans[] = { NULL, &self->loading, &self->complete, &self->missing,
                                 &self->follow };

  if (id == PROP_ERROR)
    {
      g_clear_error (&self->error);
      self->error = g_value_dup_boxed (value);
    }
  else
    *booleans[id] = g_value_get_boolean (value);
}

static void
test_feed_finalize (GObject *object)
{
  TestFeed *self = TEST_FEED (object);

  g_object_unref (self->events);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (test_feed_parent_class)->finalize (object);
}

static void
test_feed_class_init (TestFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[] = { NULL, "loading", "complete", "missing", "follow" };

  object_class->get_property = test_feed_get_property;
  object_class->set_property = test_feed_set_property;
  object_class->finalize = test_feed_finalize;
  for (guint i = PROP_LOADING; i <= PROP_FOLLOW; i++)
    g_object_class_install_property (
        object_class, i, g_param_spec_boolean (names[i], NULL, NULL, FALSE, G_PARAM_READWRITE));
  g_object_class_install_property (
      object_class, PROP_ERROR,
      g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, G_PARAM_READWRITE));
}

static void
test_feed_init (TestFeed *self)
{
  self->events = g_list_store_new (TRESTLE_TYPE_LOG_EVENT);
  g_signal_connect_object (self->events, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
}

/* @n lines that end @age before now, the newest with the highest number */
static void
add_lines (TestFeed *feed, guint from, guint n, gint64 age)
{
  gint64 now = trestle_clock_now ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = n; i > 0; i--)
    {
      guint number = from + i - 1;
      g_autofree char *text =
          number % 100 == 7
              ? g_strdup_printf ("[2026-08-07 10:00:00] [ERROR] decode failed: line %u", number)
          : number % 20 == 3 ? g_strdup_printf ("WARN slow /invocations: line %u", number)
          : number % 10 == 1
              ? g_strdup_printf ("{\"path\":\"/invocations\",\"status\":200,\"line\":%u,"
                                 "\"request_id\":\"7f31c09e-5b0d\"}",
                                 number)
              : g_strdup_printf ("10.0.0.1 - - [07/Aug/2026] \"POST /invocations HTTP/1.1\" 200 %u",
                                 number);

      g_ptr_array_add (events, g_object_new (TRESTLE_TYPE_LOG_EVENT, "when",
                                             now - age - (gint64) (n - i) * TRESTLE_SECOND / 2,
                                             "message", text, "stream", "AllTraffic/i-0practice01",
                                             "level", trestle_log_level_guess (text), NULL));
    }
  g_list_store_splice (feed->events, 0, 0, events->pdata, events->len);
}

/* --- The page ------------------------------------------------------------------------------- */

typedef struct
{
  GtkWindow *window;
  AdwNavigationView *view;
  TrestleLogsPage *page;
  TrestleLogSource *source;
  TestFeed *feed;
} Fixture;

static gboolean
on_wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Waits until @condition holds; a test that hangs is ended by its runner. */
#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint wake = g_timeout_add (20, on_wake, NULL);                                                \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (wake);                                                                        \
  }                                                                                                \
  G_STMT_END

static gpointer
child (Fixture *fixture, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (fixture->page), TRESTLE_TYPE_LOGS_PAGE, name);
}

static gpointer
list_child (Fixture *fixture, const char *name)
{
  return gtk_widget_get_template_child (child (fixture, "list"), TRESTLE_TYPE_LOG_LIST, name);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (trestle_log_source_get_model (fixture->source)));
}

static const char *
footer (Fixture *fixture)
{
  return gtk_label_get_label (child (fixture, "count_label"));
}

static TrestlePageStateKind
state (Fixture *fixture)
{
  return trestle_page_state_get_state (child (fixture, "state"));
}

static void
set_up (Fixture *fixture, gconstpointer width)
{
  fixture->feed = g_object_new (TEST_TYPE_FEED, NULL);
  fixture->source = trestle_log_source_new (NULL, NULL);
  fixture->page = TRESTLE_LOGS_PAGE (
      trestle_logs_page_new_for_source (g_object_ref (fixture->source)));
  fixture->view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_navigation_view_add (fixture->view, ADW_NAVIGATION_PAGE (fixture->page));
  fixture->window = GTK_WINDOW (adw_window_new ());
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_set_default_size (fixture->window, GPOINTER_TO_INT (width), 700);
  gtk_window_present (fixture->window);
  WAIT_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (fixture->page)));
}

static void
tear_down (Fixture *fixture, gconstpointer width)
{
  gtk_window_destroy (fixture->window);
  g_object_unref (fixture->source);
  g_object_unref (fixture->feed);
}

static void
give (Fixture *fixture, guint n)
{
  g_object_set (fixture->feed, "complete", TRUE, NULL);
  add_lines (fixture->feed, 0, n, TRESTLE_MINUTE);
  trestle_log_source_set_feed (fixture->source, G_LIST_MODEL (fixture->feed),
                               trestle_clock_now () - PERIOD);
}

static void
test_filter (Fixture *fixture, gconstpointer width)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);

  give (fixture, 6000);
  g_assert_cmpint (state (fixture), ==, TRESTLE_PAGE_CONTENT);
  g_assert_cmpuint (count (fixture), ==, 6000);
  g_assert_cmpstr (footer (fixture), ==, "6,000 lines · newest first");
  g_assert_cmpstr (gtk_button_get_label (child (fixture, "error_button")), ==, "Error 60");

  trestle_logs_page_search (fixture->page, "LINE 59");
  WAIT_UNTIL (count (fixture) < 6000);
  g_assert_cmpstr (gtk_button_get_label (child (fixture, "error_button")), ==, "Error 1");
  g_assert_nonnull (strstr (footer (fixture), "match “LINE 59” of 6,000"));

  gtk_widget_activate_action (page, "logs.warning", NULL);
  gtk_widget_activate_action (page, "logs.info", NULL);
  gtk_widget_activate_action (page, "logs.debug", NULL);
  g_assert_cmpuint (count (fixture), ==, 1);

  trestle_logs_page_search (fixture->page, "nowhere");
  WAIT_UNTIL (
      g_str_equal (gtk_stack_get_visible_child_name (list_child (fixture, "stack")), "none"));
  gtk_widget_activate_action (page, "logs.clear", NULL);
  WAIT_UNTIL (count (fixture) == 6000);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (list_child (fixture, "stack")), ==, "lines");
}

static void
test_detail (Fixture *fixture, gconstpointer width)
{
  GtkWidget *pane = child (fixture, "detail_pane");
  GtkLabel *text = GTK_LABEL (
      gtk_widget_get_template_child (pane, TRESTLE_TYPE_LOG_DETAIL, "text"));
  GtkLabel *request = GTK_LABEL (
      gtk_widget_get_template_child (pane, TRESTLE_TYPE_LOG_DETAIL, "request"));
  gboolean shown;

  give (fixture, 100);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "logs.detail", NULL);
  g_object_get (fixture->page, "detail", &shown, NULL);
  g_assert_false (shown);

  /* Line 91 is JSON. */
  trestle_logs_page_show_line (fixture->page, 8);
  g_object_get (fixture->page, "detail", &shown, NULL);
  g_assert_true (shown);
  g_assert_nonnull (strstr (gtk_label_get_label (text), "\n  \"line\" : 91"));
  g_assert_cmpstr (gtk_label_get_label (request), ==, "7f31c09e-5b0d");

  /* It stays when it is filtered away. */
  trestle_logs_page_search (fixture->page, "decode");
  WAIT_UNTIL (count (fixture) == 1);
  g_assert_nonnull (strstr (gtk_label_get_label (text), "91"));
}

static gboolean
is_narrow (Fixture *fixture)
{
  gboolean narrow;

  g_object_get (fixture->page, "narrow", &narrow, NULL);
  return narrow;
}

static void
test_narrow (Fixture *fixture, gconstpointer width)
{
  AdwNavigationPage *visible;

  give (fixture, 100);
  WAIT_UNTIL (is_narrow (fixture));
  trestle_logs_page_show_line (fixture->page, 0);
  visible = adw_navigation_view_get_visible_page (fixture->view);
  g_assert_true (TRESTLE_IS_LOG_DETAIL_PAGE (visible));
  g_assert_nonnull (trestle_log_detail_get_line (
      trestle_log_detail_page_get_detail (TRESTLE_LOG_DETAIL_PAGE (visible))));
}

static void
test_pill (Fixture *fixture, gconstpointer width)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (
      list_child (fixture, "scroller"));
  GtkRevealer *revealer = list_child (fixture, "pill_revealer");
  GtkButton *pill = list_child (fixture, "pill");

  give (fixture, 2000);
  WAIT_UNTIL (gtk_adjustment_get_upper (adjustment) > 10000);

  /* At the top, the newest line is shown. */
  add_lines (fixture->feed, 2000, 3, 0);
  g_assert_false (gtk_revealer_get_reveal_child (revealer));

  gtk_adjustment_set_value (adjustment, 8000);
  add_lines (fixture->feed, 2003, 12, 0);
  g_assert_true (gtk_revealer_get_reveal_child (revealer));
  g_assert_cmpstr (gtk_button_get_label (pill), ==, "12 New Lines");
  WAIT_UNTIL (gtk_adjustment_get_value (adjustment) > 8000);

  g_signal_emit_by_name (pill, "clicked");
  g_assert_false (gtk_revealer_get_reveal_child (revealer));
  WAIT_UNTIL (gtk_adjustment_get_value (adjustment) < 1);
}

static void
test_states (Fixture *fixture, gconstpointer width)
{
  GListModel *feed = G_LIST_MODEL (fixture->feed);
  gint64 since = trestle_clock_now () - PERIOD;
  g_autoptr (GError) error = g_error_new (TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NETWORK, "no route");

  g_assert_cmpint (state (fixture), ==, TRESTLE_PAGE_LOADING);
  g_object_set (feed, "error", error, NULL);
  trestle_log_source_set_feed (fixture->source, feed, since);
  g_assert_cmpint (state (fixture), ==, TRESTLE_PAGE_OFFLINE);
  error->code = TRESTLE_AWS_ERROR_ACCESS_DENIED;
  g_object_set (feed, "error", error, NULL);
  g_assert_cmpint (state (fixture), ==, TRESTLE_PAGE_NO_ACCESS);

  /* What was there stays, and the footer says that it is old. */
  add_lines (fixture->feed, 0, 10, 0);
  g_object_set (feed, "complete", TRUE, NULL);
  g_assert_cmpint (state (fixture), ==, TRESTLE_PAGE_CONTENT);
  g_assert_cmpstr (gtk_label_get_label (child (fixture, "live_label")), ==,
                   "Not up to date; trying again");
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }
  adw_init ();
  g_resources_register (trestle_app_get_resource ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add ("/ui/logs/filter", Fixture, GINT_TO_POINTER (1040), set_up, test_filter, tear_down);
  g_test_add ("/ui/logs/detail", Fixture, GINT_TO_POINTER (1040), set_up, test_detail, tear_down);
  g_test_add ("/ui/logs/narrow", Fixture, GINT_TO_POINTER (360), set_up, test_narrow, tear_down);
  g_test_add ("/ui/logs/pill", Fixture, GINT_TO_POINTER (1040), set_up, test_pill, tear_down);
  g_test_add ("/ui/logs/states", Fixture, GINT_TO_POINTER (1040), set_up, test_states, tear_down);
  return g_test_run ();
}
