/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-logs-page.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "logs/trestle-log-detail-page.h"
#include "logs/trestle-log-list.h"
#include "logs/trestle-logs-save.h"
#include "logs/trestle-logs-words.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"

#define AROUND 3

struct _TrestleLogsPage
{
  AdwNavigationPage parent_instance;

  GtkStack *titles;
  AdwWindowTitle *window_title;
  GtkDropDown *group_chooser;
  GtkEditable *search;
  GtkToggleButton *level_buttons[TRESTLE_LOG_LEVELS];
  GtkMenuButton *period_button;
  TrestlePageState *state;
  AdwStatusPage *empty_page;
  GtkButton *empty_button;
  TrestleLogList *list;
  TrestleLogDetail *detail_pane;
  GtkWidget *footer;
  GtkLabel *count_label;
  GtkWidget *live_dot;
  GtkLabel *live_label;

  TrestleLogSource *source;
  TrestleLogModel *model; /* the source's */
  GWeakRef detail_page;

  gboolean follow;
  gboolean detail;
  gboolean narrow;
  char *period;
};

enum
{
  PROP_FOLLOW = 1,
  PROP_DETAIL,
  PROP_NARROW,
  PROP_DEBUG,
  PROP_INFO,
  PROP_WARNING,
  PROP_ERROR,
  PROP_PERIOD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleLogsPage, trestle_logs_page, ADW_TYPE_NAVIGATION_PAGE)

G_STATIC_ASSERT (PROP_ERROR - PROP_DEBUG == TRESTLE_LOG_LEVEL_ERROR - TRESTLE_LOG_LEVEL_DEBUG);

/* --- What is shown -------------------------------------------------------------------------- */

static void
update_counts (TrestleLogsPage *self)
{
  g_autofree char *footer = trestle_logs_footer (self->model, self->narrow);

  for (guint level = 0; level < TRESTLE_LOG_LEVELS; level++)
    {
      guint n = trestle_log_model_get_n_level (self->model, level);
      g_autofree char *number = trestle_format_count (n);
      g_autofree char *label = n > 0 ? g_strdup_printf ("%s %s", trestle_log_level_word (level),
                                                        number)
                                     : g_strdup (trestle_log_level_word (level));

      gtk_button_set_label (GTK_BUTTON (self->level_buttons[level]), label);
    }
  gtk_label_set_label (self->count_label, footer);
}

static void
on_model_changed (TrestleLogsPage *self)
{
  if (!trestle_log_model_get_filtering (self->model))
    update_counts (self);
}

/* What was typed has its answer. */
static void
on_found (TrestleLogsPage *self)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->count_label),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
update_times (TrestleLogsPage *self)
{
  gboolean days = trestle_logs_period (self->period) >= TRESTLE_DAY;

  trestle_log_list_set_time_style (self->list, self->narrow ? TRESTLE_LOG_TIME_SHORT
                                               : days       ? TRESTLE_LOG_TIME_DAY
                                                            : TRESTLE_LOG_TIME_CLOCK);
}

static void
update_period (TrestleLogsPage *self)
{
  gint64 since, until;
  gboolean ranged = trestle_log_source_get_range (self->source, &since, &until);
  g_autofree char *label = ranged ? trestle_logs_range_label (since, until)
                                  : g_strdup (trestle_logs_period_label (self->period));

  gtk_menu_button_set_label (self->period_button, label);
}

static void
update_live (TrestleLogsPage *self)
{
  g_autoptr (GError) error = trestle_log_source_dup_error (self->source);
  const char *tone = error != NULL ? "error" : self->follow ? "success" : "";

  gtk_widget_set_css_classes (self->live_dot, (const char *[]) { "state-dot", tone, NULL });
  gtk_label_set_label (self->live_label, error != NULL  ? _ ("Not up to date; trying again")
                                         : self->follow ? _ ("Live · free while polling")
                                                        : _ ("Not followed"));
}

static void
update_titles (TrestleLogsPage *self)
{
  GtkStringList *groups = trestle_log_source_get_groups (self->source);
  const char *group = trestle_log_source_get_group (self->source);
  g_autofree char *endpoint = trestle_log_source_dup_endpoint (self->source);
  g_autofree char *title = trestle_logs_group_title (group);
  guint at = group != NULL ? gtk_string_list_find (groups, group) : GTK_INVALID_LIST_POSITION;

  adw_window_title_set_subtitle (self->window_title, title);
  gtk_stack_set_visible_child_name (self->titles, at != GTK_INVALID_LIST_POSITION ? "many" : "one");
  if (at != GTK_INVALID_LIST_POSITION && gtk_drop_down_get_selected (self->group_chooser) != at)
    gtk_drop_down_set_selected (self->group_chooser, at);
  trestle_log_detail_set_endpoint (self->detail_pane, endpoint);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "logs.endpoint", endpoint != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "logs.bench", endpoint != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.code", group != NULL);
}

static void
update (TrestleLogsPage *self)
{
  TrestleLogsState state = trestle_log_source_get_state (self->source);
  g_autoptr (GError) error = NULL;

  switch (state)
    {
    case TRESTLE_LOGS_LOADING:
      trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
      break;
    case TRESTLE_LOGS_LINES:
      trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
      break;
    case TRESTLE_LOGS_FAILED:
      error = trestle_log_source_dup_error (self->source);
      trestle_page_state_fail (self->state, _ ("load the log"), error);
      break;
    case TRESTLE_LOGS_NO_GROUPS:
    case TRESTLE_LOGS_MISSING:
    case TRESTLE_LOGS_EMPTY:
    default:
      trestle_logs_say_empty (self->empty_page, self->empty_button, state,
                              trestle_log_source_get_group (self->source), self->period);
      trestle_page_state_set_state (self->state, TRESTLE_PAGE_EMPTY);
      break;
    }
  gtk_widget_set_visible (self->footer, state == TRESTLE_LOGS_LINES);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "logs.save", state == TRESTLE_LOGS_LINES);
  update_titles (self);
  update_period (self);
  update_live (self);
  on_model_changed (self);
}

/* --- One line ------------------------------------------------------------------------------- */

static void
show_line (TrestleLogsPage *self, TrestleLogLine *line)
{
  g_autoptr (TrestleLogDetailPage) page = g_weak_ref_get (&self->detail_page);
  g_autoptr (GPtrArray)
      around = line != NULL ? trestle_log_model_dup_around (self->model, line, AROUND) : NULL;

  trestle_log_detail_set_line (self->detail_pane, line, around);
  if (page != NULL)
    trestle_log_detail_set_line (trestle_log_detail_page_get_detail (page), line, around);
}

static void
on_line_chosen (TrestleLogsPage *self)
{
  show_line (self, trestle_log_selection_get_line (trestle_log_list_get_selection (self->list)));
}

static void
on_neighbour_chosen (TrestleLogsPage *self, TrestleLogLine *line)
{
  trestle_log_selection_set_line (trestle_log_list_get_selection (self->list), line);
  trestle_log_list_scroll_to_chosen (self->list);
}

static void
push_detail (TrestleLogsPage *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  g_autofree char *endpoint = trestle_log_source_dup_endpoint (self->source);
  TrestleLogDetailPage *page;

  if (view == NULL)
    return;
  page = trestle_log_detail_page_new ();
  g_weak_ref_set (&self->detail_page, page);
  trestle_log_detail_set_endpoint (trestle_log_detail_page_get_detail (page), endpoint);
  g_signal_connect_object (trestle_log_detail_page_get_detail (page), "chosen",
                           G_CALLBACK (on_neighbour_chosen), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
  on_line_chosen (self);
}

static void
on_activate (TrestleLogsPage *self)
{
  if (self->narrow)
    push_detail (self);
  else
    g_object_set (self, "detail", TRUE, NULL);
}

void
trestle_logs_page_show_line (TrestleLogsPage *self, guint position)
{
  g_return_if_fail (TRESTLE_IS_LOGS_PAGE (self));
  gtk_selection_model_select_item (
      GTK_SELECTION_MODEL (trestle_log_list_get_selection (self->list)), position, TRUE);
  on_activate (self);
}

/* --- What is looked for --------------------------------------------------------------------- */

static void
on_search_changed (TrestleLogsPage *self)
{
  trestle_log_source_set_text (self->source, gtk_editable_get_text (self->search));
}

static void
on_search_stopped (TrestleLogsPage *self)
{
  gtk_editable_set_text (self->search, "");
}

static void
on_search_activated (TrestleLogsPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

void
trestle_logs_page_search (TrestleLogsPage *self, const char *text)
{
  g_return_if_fail (TRESTLE_IS_LOGS_PAGE (self));
  gtk_editable_set_text (self->search, text);
}

static void
on_group_chosen (TrestleLogsPage *self)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (self->group_chooser);

  if (self->source != NULL && chosen != NULL)
    trestle_log_source_set_group (self->source, gtk_string_object_get_string (chosen));
}

static void
on_retry (TrestleLogsPage *self)
{
  trestle_log_source_refresh (self->source);
}

static void
set_period (TrestleLogsPage *self, const char *period)
{
  if (trestle_logs_period (period) == 0)
    return;
  g_set_str (&self->period, period);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERIOD]);
  if (self->source == NULL)
    return;
  trestle_log_source_set_period (self->source, trestle_logs_period (period));
  update_times (self);
}

static void
set_level (TrestleLogsPage *self, TrestleLogLevel level, gboolean shown)
{
  guint levels = trestle_log_model_get_levels (self->model);

  trestle_log_model_set_levels (self->model,
                                shown ? levels | (1u << level) : levels & ~(1u << level));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEBUG + level]);
}

static void
set_follow (TrestleLogsPage *self, gboolean follow)
{
  self->follow = follow;
  trestle_log_source_set_follow (self->source, follow);
  if (follow)
    trestle_log_list_scroll_to_newest (self->list);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOW]);
}

/* --- Actions -------------------------------------------------------------------------------- */

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_log_source_refresh (TRESTLE_LOGS_PAGE (widget)->source);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (TRESTLE_LOGS_PAGE (widget)->search));
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleLogsPage *self = TRESTLE_LOGS_PAGE (widget);

  gtk_editable_set_text (self->search, "");
  for (guint level = 0; level < TRESTLE_LOG_LEVELS; level++)
    set_level (self, level, TRUE);
  set_period (self, self->period);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *endpoint = trestle_log_source_dup_endpoint (TRESTLE_LOGS_PAGE (widget)->source);

  trestle_shell_open (widget, g_str_equal (name, "logs.bench") ? "bench" : "endpoint", endpoint);
}

static void
code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleLogsPage *self = TRESTLE_LOGS_PAGE (widget);

  trestle_logs_show_code (widget, self->source, gtk_editable_get_text (self->search));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleLogsPage *self = TRESTLE_LOGS_PAGE (widget);
  g_autofree char *title = trestle_logs_group_title (trestle_log_source_get_group (self->source));

  trestle_logs_save (widget, self->model, title);
}

/* --- The class ------------------------------------------------------------------------------ */

static void
trestle_logs_page_map (GtkWidget *widget)
{
  TrestleLogsPage *self = TRESTLE_LOGS_PAGE (widget);

  GTK_WIDGET_CLASS (trestle_logs_page_parent_class)->map (widget);
  trestle_log_source_set_active (self->source, TRUE);
}

static void
trestle_logs_page_unmap (GtkWidget *widget)
{
  TrestleLogsPage *self = TRESTLE_LOGS_PAGE (widget);

  trestle_log_source_set_active (self->source, FALSE);
  GTK_WIDGET_CLASS (trestle_logs_page_parent_class)->unmap (widget);
}

static void
trestle_logs_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleLogsPage *self = TRESTLE_LOGS_PAGE (object);

  switch (id)
    {
    case PROP_FOLLOW:
      g_value_set_boolean (value, self->follow);
      break;
    case PROP_DETAIL:
      g_value_set_boolean (value, self->detail);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_DEBUG:
    case PROP_INFO:
    case PROP_WARNING:
    case PROP_ERROR:
      g_value_set_boolean (
          value, self->model == NULL
                     || (trestle_log_model_get_levels (self->model) & (1u << (id - PROP_DEBUG))));
      break;
    case PROP_PERIOD:
      g_value_set_string (value, self->period);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_logs_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleLogsPage *self = TRESTLE_LOGS_PAGE (object);

  switch (id)
    {
    case PROP_FOLLOW:
      set_follow (self, g_value_get_boolean (value));
      break;
    case PROP_DETAIL:
      if (self->detail == g_value_get_boolean (value))
        break;
      self->detail = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      if (self->model != NULL)
        {
          update_times (self);
          update_counts (self);
        }
      break;
    case PROP_DEBUG:
    case PROP_INFO:
    case PROP_WARNING:
    case PROP_ERROR:
      set_level (self, id - PROP_DEBUG, g_value_get_boolean (value));
      break;
    case PROP_PERIOD:
      set_period (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_logs_page_dispose (GObject *object)
{
  TrestleLogsPage *self = TRESTLE_LOGS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_LOGS_PAGE);
  g_clear_object (&self->source);
  g_weak_ref_set (&self->detail_page, NULL);
  G_OBJECT_CLASS (trestle_logs_page_parent_class)->dispose (object);
}

static void
trestle_logs_page_finalize (GObject *object)
{
  TrestleLogsPage *self = TRESTLE_LOGS_PAGE (object);

  g_weak_ref_clear (&self->detail_page);
  g_free (self->period);
  G_OBJECT_CLASS (trestle_logs_page_parent_class)->finalize (object);
}

static void
trestle_logs_page_class_init (TrestleLogsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  static const char *const booleans[] = { NULL,    "follow", "detail",  "narrow",
                                          "debug", "info",   "warning", "error" };
  static const char *const level_buttons[] = { "debug_button", "info_button", "warning_button",
                                               "error_button" };

  g_type_ensure (TRESTLE_TYPE_LOG_DETAIL);
  g_type_ensure (TRESTLE_TYPE_LOG_LIST);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);

  object_class->get_property = trestle_logs_page_get_property;
  object_class->set_property = trestle_logs_page_set_property;
  object_class->dispose = trestle_logs_page_dispose;
  object_class->finalize = trestle_logs_page_finalize;
  widget_class->map = trestle_logs_page_map;
  widget_class->unmap = trestle_logs_page_unmap;

  for (guint i = PROP_FOLLOW; i < PROP_PERIOD; i++)
    properties[i] = g_param_spec_boolean (booleans[i], NULL, NULL, i != PROP_NARROW, flags);
  properties[PROP_PERIOD] = g_param_spec_string ("period", NULL, NULL, "3h", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/logs/trestle-logs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, titles);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, group_chooser);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, search);
  for (guint i = 0; i < G_N_ELEMENTS (level_buttons); i++)
    gtk_widget_class_bind_template_child_full (widget_class, level_buttons[i], FALSE,
                                               G_STRUCT_OFFSET (TrestleLogsPage, level_buttons)
                                                   + i * sizeof (gpointer));
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, period_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, empty_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, list);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, detail_pane);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, footer);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, live_dot);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogsPage, live_label);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_group_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_found);
  gtk_widget_class_bind_template_callback (widget_class, on_neighbour_chosen);

  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.code", NULL, code_action);
  gtk_widget_class_install_action (widget_class, "logs.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "logs.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "logs.endpoint", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "logs.bench", NULL, open_action);
  gtk_widget_class_install_property_action (widget_class, "logs.follow", "follow");
  gtk_widget_class_install_property_action (widget_class, "logs.detail", "detail");
  gtk_widget_class_install_property_action (widget_class, "logs.debug", "debug");
  gtk_widget_class_install_property_action (widget_class, "logs.info", "info");
  gtk_widget_class_install_property_action (widget_class, "logs.warning", "warning");
  gtk_widget_class_install_property_action (widget_class, "logs.error", "error");
  gtk_widget_class_install_property_action (widget_class, "logs.period", "period");
}

static void
trestle_logs_page_init (TrestleLogsPage *self)
{
  g_weak_ref_init (&self->detail_page, NULL);
  self->follow = TRUE;
  self->detail = TRUE;
  self->period = g_strdup ("3h");
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_logs_page_new_for_source (TrestleLogSource *source)
{
  TrestleLogsPage *self = g_object_new (TRESTLE_TYPE_LOGS_PAGE, NULL);

  self->source = source;
  self->model = trestle_log_source_get_model (source);
  trestle_log_list_set_source (self->list, source);
  gtk_drop_down_set_expression (self->group_chooser, trestle_logs_group_expression ());
  gtk_drop_down_set_model (self->group_chooser,
                           G_LIST_MODEL (trestle_log_source_get_groups (source)));

  g_signal_connect_object (trestle_log_list_get_selection (self->list), "notify::line",
                           G_CALLBACK (on_line_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (on_model_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  trestle_log_source_set_follow (source, self->follow);
  show_line (self, NULL);
  update (self);
  return GTK_WIDGET (self);
}

GtkWidget *
trestle_logs_page_new (TrestleSession *session, const char *endpoint)
{
  return trestle_logs_page_new_for_source (trestle_log_source_new (session, endpoint));
}
