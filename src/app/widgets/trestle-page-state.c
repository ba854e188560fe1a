/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-page-state.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "aws/trestle-aws-error.h"
#include "trestle-app-enums.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-widget.h"
#include "workbench/trestle-workbench-error.h"

struct _TrestlePageState
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkStack *loading_stack;
  AdwBin *skeleton_bin;
  AdwBin *content_bin;
  AdwBin *empty_bin;
  AdwStatusPage *problem_page;
  GtkWidget *retry_button;
  GtkWidget *copy_button;

  TrestlePageStateKind state;
  gboolean compact;
  char *details;
};

enum
{
  PROP_STATE = 1,
  PROP_CHILD,
  PROP_EMPTY,
  PROP_SKELETON,
  PROP_COMPACT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint retry_signal;

G_DEFINE_FINAL_TYPE (TrestlePageState, trestle_page_state, GTK_TYPE_WIDGET)

TrestlePageStateKind
trestle_page_state_get_state (TrestlePageState *self)
{
  g_return_val_if_fail (TRESTLE_IS_PAGE_STATE (self), TRESTLE_PAGE_LOADING);
  return self->state;
}

void
trestle_page_state_set_state (TrestlePageState *self, TrestlePageStateKind state)
{
  static const char *const pages[] = { "loading", "content", "empty",
                                       "problem", "problem", "problem" };

  g_return_if_fail (TRESTLE_IS_PAGE_STATE (self));

  gtk_stack_set_visible_child_name (self->stack, pages[state]);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY,
                               state == TRESTLE_PAGE_LOADING, -1);
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static TrestlePageStateKind
kind_of (const GError *error)
{
  if (g_error_matches (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NETWORK)
      || g_error_matches (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_TIMEOUT))
    return TRESTLE_PAGE_OFFLINE;
  if (g_error_matches (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED))
    return TRESTLE_PAGE_NO_ACCESS;
  return TRESTLE_PAGE_ERROR;
}

void
trestle_page_state_fail (TrestlePageState *self, const char *what, const GError *error)
{
  static const char *const icons[] = {
    [TRESTLE_PAGE_OFFLINE] = "network-offline-symbolic",
    [TRESTLE_PAGE_NO_ACCESS] = "channel-secure-symbolic",
    [TRESTLE_PAGE_ERROR] = "dialog-warning-symbolic",
  };
  g_autoptr (TrestleProblem) problem = trestle_problem_new (what, error);
  g_autofree char *body = NULL;
  TrestlePageStateKind kind = kind_of (error);

  g_return_if_fail (TRESTLE_IS_PAGE_STATE (self));

  body = g_markup_escape_text (problem->body != NULL ? problem->body : "", -1);
  g_set_str (&self->details, problem->details);
  adw_status_page_set_title (self->problem_page, problem->title);
  adw_status_page_set_description (self->problem_page, body);
  adw_status_page_set_icon_name (self->problem_page, self->compact ? NULL : icons[kind]);
  gtk_widget_set_visible (self->copy_button, self->details != NULL);
  trestle_page_state_set_state (self, kind);
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, retry_signal, 0);
}

static void
copy_details_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestlePageState *self = TRESTLE_PAGE_STATE (widget);

  if (self->details != NULL)
    trestle_shell_copy (widget, self->details, _ ("Details copied"));
}

static void
trestle_page_state_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestlePageState *self = TRESTLE_PAGE_STATE (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_CHILD:
      g_value_set_object (value, adw_bin_get_child (self->content_bin));
      break;
    case PROP_EMPTY:
      g_value_set_object (value, adw_bin_get_child (self->empty_bin));
      break;
    case PROP_SKELETON:
      g_value_set_object (value, adw_bin_get_child (self->skeleton_bin));
      break;
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_page_state_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestlePageState *self = TRESTLE_PAGE_STATE (object);

  switch (id)
    {
    case PROP_STATE:
      trestle_page_state_set_state (self, g_value_get_enum (value));
      break;
    case PROP_CHILD:
      adw_bin_set_child (self->content_bin, g_value_get_object (value));
      break;
    case PROP_EMPTY:
      adw_bin_set_child (self->empty_bin, g_value_get_object (value));
      break;
    case PROP_SKELETON:
      adw_bin_set_child (self->skeleton_bin, g_value_get_object (value));
      gtk_stack_set_visible_child_name (
          self->loading_stack, g_value_get_object (value) != NULL ? "skeleton" : "spinner");
      break;
    case PROP_COMPACT:
      self->compact = g_value_get_boolean (value);
      if (self->compact)
        gtk_widget_add_css_class (GTK_WIDGET (self->problem_page), "compact");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_page_state_dispose (GObject *object)
{
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (trestle_page_state_parent_class)->dispose (object);
}

static void
trestle_page_state_finalize (GObject *object)
{
  g_free (TRESTLE_PAGE_STATE (object)->details);
  G_OBJECT_CLASS (trestle_page_state_parent_class)->finalize (object);
}

static void
trestle_page_state_class_init (TrestlePageStateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = trestle_page_state_get_property;
  object_class->set_property = trestle_page_state_set_property;
  object_class->dispose = trestle_page_state_dispose;
  object_class->finalize = trestle_page_state_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TRESTLE_TYPE_PAGE_STATE_KIND,
                                              TRESTLE_PAGE_LOADING,
                                              flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_EMPTY] = g_param_spec_object ("empty", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SKELETON] = g_param_spec_object ("skeleton", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  retry_signal = g_signal_new ("retry", TRESTLE_TYPE_PAGE_STATE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/widgets/trestle-page-state.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePageState, stack);
  gtk_widget_class_bind_template_child (widget_class, TrestlePageState, loading_stack);
  gtk_widget_class_bind_template_child (widget_class, TrestlePageState, skeleton_bin);
  gtk_widget_class_bind_template_child (widget_class, TrestlePageState, content_bin);
  gtk_widget_class_bind_template_child (widget_class, TrestlePageState, empty_bin);
  gtk_widget_class_bind_template_child (widget_class, TrestlePageState, problem_page);
  gtk_widget_class_bind_template_child (widget_class, TrestlePageState, retry_button);
  gtk_widget_class_bind_template_child (widget_class, TrestlePageState, copy_button);

  gtk_widget_class_install_action (widget_class, "page-state.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "page-state.copy-details", NULL,
                                   copy_details_action);
  gtk_widget_class_set_css_name (widget_class, "page-state");
}

static void
trestle_page_state_init (TrestlePageState *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
