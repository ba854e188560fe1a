/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-driver.h"

#include <string.h>
#include <time.h>

#include "practice-fixture.h"
#include "trestle-application.h"
#include "workbench/trestle-accounts.h"

#define MOST_SECONDS 150
/* A loop that works takes some thousand turns a second, one that spins a hundred times that. */
#define MOST_TURNS (300 * 1000)
#define WAKE_MSEC 10
#define SETTLE_MSEC 300

static TrestleApplication *application;
static TrestleWindow *window;

/* --- Setting up ----------------------------------------------------------------------------- */

static const char *forgiven;

void
ui_forgive (const char *warning)
{
  forgiven = warning;
}

/* Any warning ends a test but this one: an alert of libadwaita measures its heading anew, in another
 * style, while the heading changes, and GTK finds that this was too narrow. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE")
        && (g_str_has_prefix (fields[i].value, "Trying to measure GtkLabel")
            || (forgiven != NULL && g_str_has_prefix (fields[i].value, forgiven))))
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}

void
ui_init (int *argc, char ***argv)
{
  g_log_set_writer_func (write_log, NULL, NULL);
  practice_fixture_home ();
  dex_init ();
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      exit (0);
    }
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

void
ui_serve (const char *speed)
{
  practice_fixture_start (speed);
}

void
ui_serve_end (void)
{
  practice_fixture_end ();
}

void
ui_break (const char *faults)
{
  practice_fixture_break (faults);
}

char *
ui_cli (const char *command, ...)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_build_filename (g_getenv ("TRESTLE_BUILD"), "src", "cli",
                                               "trestle-cli", NULL);
  g_autofree char *said = NULL;
  char *printed = NULL;
  int status;
  va_list more;

  g_ptr_array_add (args, program);
  g_ptr_array_add (args, (char *) "--practice");
  va_start (more, command);
  for (const char *arg = command; arg != NULL; arg = va_arg (more, const char *))
    g_ptr_array_add (args, (char *) arg);
  va_end (more);
  g_ptr_array_add (args, NULL);
  g_spawn_sync (NULL, (char **) args->pdata, NULL, G_SPAWN_STDIN_FROM_DEV_NULL, NULL, NULL,
                &printed, &said, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("trestle-cli %s: %s%s", command, error->message, said);
  return printed;
}

void
ui_deploy (const char *name)
{
  g_free (ui_cli ("deploy", "iris-classifier", "--name", name, "--wait", NULL));
}

/* Returns: (transfer full): the list that trestle-cli printed */
static JsonNode *
parse_items (char *printed)
{
  g_autofree char *text = printed;
  g_autoptr (JsonNode) root = json_from_string (text, NULL);

  g_assert_nonnull (root);
  return json_node_ref (json_object_get_member (json_node_get_object (root), "items"));
}

gboolean
ui_has (const char *name)
{
  g_autoptr (JsonNode) items = parse_items (ui_cli ("endpoints", "--json", NULL));
  JsonArray *array = json_node_get_array (items);
  gboolean found = FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    found |= g_str_equal (
        json_object_get_string_member (json_array_get_object_element (array, i), "EndpointName"),
        name);
  return found;
}

guint
ui_delete_left (void)
{
  g_autoptr (JsonNode) items = parse_items (ui_cli ("cleanup", "--all", "--yes", "--json", NULL));

  return json_array_get_length (json_node_get_array (items));
}

TrestleWindow *
ui_open (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAccount) account = trestle_accounts_practice ("buyer");

  /* One for all windows: it is known on the session bus. */
  if (application == NULL)
    {
      application = trestle_application_new ();
      g_application_set_flags (G_APPLICATION (application),
                               g_application_get_flags (G_APPLICATION (application))
                                   | G_APPLICATION_NON_UNIQUE);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
    }
  window = trestle_window_new (GTK_APPLICATION (application));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 860);
  trestle_window_open_account (window, account);
  trestle_window_show_section (window, "discover");
  gtk_window_present (GTK_WINDOW (window));
  UI_WAIT (trestle_window_get_session (window) != NULL);
  UI_WAIT (trestle_window_get_page (window) != NULL
           && gtk_widget_get_mapped (trestle_window_get_page (window)));
  return window;
}

TrestleWindow *
ui_open_seller (void)
{
  g_autoptr (TrestleAccount) seller = trestle_accounts_practice ("seller");
  TrestleSession *session;

  ui_open ();
  trestle_window_open_account (window, seller);
  UI_WAIT ((session = trestle_window_get_session (window)) != NULL
           && g_str_equal (trestle_account_get_id (trestle_session_get_account (session)),
                           trestle_account_get_id (seller)));
  return window;
}

void
ui_close (void)
{
  if (window != NULL)
    gtk_window_destroy (GTK_WINDOW (window));
  UI_WAIT (window == NULL);
}

gboolean
ui_is_open (void)
{
  return window != NULL && gtk_widget_get_visible (GTK_WIDGET (window));
}

/* --- Reading -------------------------------------------------------------------------------- */

typedef gboolean (*Visit) (GtkWidget *widget, gpointer data);

/* Depth first, what can be seen only; ends at the first widget for which @visit holds. */
static GtkWidget *
walk (GtkWidget *root, Visit visit, gpointer data)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (visit (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = walk (child, visit, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): what @widget itself says */
static char *
dup_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_INSCRIPTION (widget))
    return g_strdup (gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  if (GTK_IS_TEXT (widget))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
  if (GTK_IS_TEXT_VIEW (widget))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      GtkTextIter start, end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
    }
  return NULL;
}

static gboolean
visit_text (GtkWidget *widget, gpointer wanted)
{
  g_autofree char *text = dup_text (widget);

  return text != NULL && strstr (text, wanted) != NULL;
}

gboolean
ui_reads (gpointer root, const char *text)
{
  return walk (root, visit_text, (gpointer) text) != NULL;
}

static gboolean
visit_type (GtkWidget *widget, gpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (type));
}

gpointer
ui_find (gpointer root, GType type)
{
  return walk (root, visit_type, GSIZE_TO_POINTER (type));
}

gpointer
ui_child (gpointer widget, const char *name)
{
  GObject *child = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);

  g_assert_nonnull (child);
  return child;
}

static gboolean
visit_say (GtkWidget *widget, gpointer data)
{
  g_autofree char *text = dup_text (widget);

  if (text != NULL && *text != '\0')
    g_printerr ("  %s\n", text);
  return FALSE;
}

/* --- Waiting -------------------------------------------------------------------------------- */

static gboolean
on_wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

UiWait
ui_wait_begin (void)
{
  return (UiWait) { .wake = g_timeout_add (WAKE_MSEC, on_wake, NULL),
                    .deadline = g_get_monotonic_time () + MOST_SECONDS * G_USEC_PER_SEC };
}

void
ui_wait_turn (UiWait *wait, const char *condition, const char *where)
{
  const char *why = ++wait->turns > MOST_TURNS                 ? "the main loop spins"
                    : g_get_monotonic_time () > wait->deadline ? "it never came"
                                                               : NULL;

  if (why != NULL)
    {
      if (window != NULL)
        walk (GTK_WIDGET (window), visit_say, NULL);
      g_error ("%s: waited for %s: %s", where, condition, why);
    }
  g_main_context_iteration (NULL, TRUE);
}

void
ui_wait_end (UiWait *wait)
{
  g_source_remove (wait->wake);
}

/* --- Measuring ------------------------------------------------------------------------------ */

/* Microseconds that this thread has worked. */
static gint64
worked (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
on_pulse (gpointer data)
{
  UiPulse *pulse = data;
  gint64 now = worked ();

  pulse->longest = MAX (pulse->longest, now - pulse->last);
  pulse->last = now;
  return G_SOURCE_CONTINUE;
}

void
ui_pulse_begin (UiPulse *pulse)
{
  *pulse = (UiPulse) { .last = worked () };
  /* before all else, so that two pulses have one turn between them */
  pulse->source = g_timeout_add_full (G_PRIORITY_HIGH - 100, 1, on_pulse, pulse, NULL);
}

void
ui_pulse_end (UiPulse *pulse, const char *what)
{
  on_pulse (pulse);
  g_source_remove (pulse->source);
  g_test_message ("%s: still for %.1f ms", what, (double) pulse->longest / 1000);
  g_assert_cmpint (pulse->longest, <=, UI_STILL_MSEC * 1000);
}

/* --- Pressing ------------------------------------------------------------------------------- */

void
ui_click (gpointer button)
{
  UI_WAIT (gtk_widget_get_mapped (button) && gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
visit_button (GtkWidget *widget, gpointer label)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);
  GtkWidget *words;
  g_autofree char *text = NULL;

  if (!GTK_IS_BUTTON (widget) || !gtk_widget_is_sensitive (widget))
    return FALSE;
  words = ui_find (widget, GTK_TYPE_LABEL);
  text = words != NULL ? dup_text (words) : NULL;
  return (text != NULL && g_str_has_prefix (text, label))
         || (tooltip != NULL && g_str_has_prefix (tooltip, label));
}

void
ui_press (gpointer root, const char *label)
{
  GtkWidget *button;

  UI_WAIT ((button = walk (root, visit_button, (gpointer) label)) != NULL);
  ui_click (button);
}

static gboolean
visit_row (GtkWidget *widget, gpointer text)
{
  return GTK_IS_LIST_BOX_ROW (widget) && gtk_widget_is_sensitive (widget)
         && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget)) && ui_reads (widget, text);
}

void
ui_activate_row (gpointer root, const char *text)
{
  GtkWidget *row;

  UI_WAIT ((row = walk (root, visit_row, (gpointer) text)) != NULL);
  gtk_widget_activate (row);
}

void
ui_act (gpointer widget, const char *action)
{
  if (!gtk_widget_activate_action_variant (widget, action, NULL))
    g_error ("%s has no action %s", G_OBJECT_TYPE_NAME (widget), action);
}

gpointer
ui_page (GType type)
{
  GtkWidget *page;

  UI_WAIT ((page = trestle_window_get_page (window)) != NULL
           && g_type_is_a (G_OBJECT_TYPE (page), type) && gtk_widget_get_mapped (page));
  return page;
}

gpointer
ui_dialog (GType type)
{
  AdwDialog *dialog;

  UI_WAIT (
      (dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))) != NULL
      && g_type_is_a (G_OBJECT_TYPE (dialog), type) && gtk_widget_get_mapped (GTK_WIDGET (dialog)));
  return dialog;
}

void
ui_wait_no_dialog (void)
{
  UI_WAIT (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL);
}

/* --- Files ---------------------------------------------------------------------------------- */

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static GtkWidget *
find_chooser (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (GTK_IS_FILE_CHOOSER (toplevel) && gtk_widget_get_mapped (toplevel))
        return toplevel; /* GTK keeps it */
    }
  return NULL;
}

static gboolean
has_chosen (GtkWidget *chooser, GFile *file)
{
  g_autoptr (GFile) chosen = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  return chosen != NULL && g_file_equal (chosen, file);
}

/* GTK 4.18 does not survive a chooser that closes before its path bar knows all of its folders. */
static gboolean
shows_folder (GtkWidget *chooser, const char *folder)
{
  GType type = g_type_from_name ("GtkPathBar");
  GtkWidget *bar = type != 0 ? ui_find (chooser, type) : NULL;

  return gtk_file_chooser_get_action (GTK_FILE_CHOOSER (chooser)) == GTK_FILE_CHOOSER_ACTION_SAVE
         || (bar != NULL && ui_reads (bar, folder));
}

void
ui_choose_file (const char *path)
{
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr (GFile) folder = path != NULL ? g_file_get_parent (file) : NULL;
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *folder_name = path != NULL ? g_file_get_basename (folder) : NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *chooser;
  gint64 settled;

  UI_WAIT ((chooser = find_chooser ()) != NULL);
  /* where it begins of its own accord */
  settled = g_get_monotonic_time () + SETTLE_MSEC * 1000;
  UI_WAIT (g_get_monotonic_time () > settled);
  if (file == NULL)
    {
      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), home, &error);
      g_assert_no_error (error);
      settled = g_get_monotonic_time () + SETTLE_MSEC * 1000;
      UI_WAIT (g_get_monotonic_time () > settled && shows_folder (chooser, ""));
      gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_CANCEL);
    }
  else
    {
      if (gtk_file_chooser_get_action (GTK_FILE_CHOOSER (chooser)) == GTK_FILE_CHOOSER_ACTION_SAVE)
        {
          gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, &error);
          g_assert_no_error (error);
          gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
        }
      else
        gtk_file_chooser_set_file (GTK_FILE_CHOOSER (chooser), file, &error);
      g_assert_no_error (error);
      settled = g_get_monotonic_time () + SETTLE_MSEC * 1000;
      UI_WAIT (g_get_monotonic_time () > settled && shows_folder (chooser, folder_name)
               && has_chosen (chooser, file));
      gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
    }
  UI_WAIT (find_chooser () == NULL);
}

G_GNUC_END_IGNORE_DEPRECATIONS
