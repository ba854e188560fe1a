/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "container/trestle-check-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/trestle-badge.h"
#include "widgets/trestle-shell.h"

struct _TrestleCheckRow
{
  AdwExpanderRow parent_instance;

  GtkImage *icon;
  GtkLabel *figure;
  AdwActionRow *remedy;
  GtkWidget *copy_button;

  TrestleContainerCheck *check;
};

G_DEFINE_FINAL_TYPE (TrestleCheckRow, trestle_check_row, ADW_TYPE_EXPANDER_ROW)

typedef struct
{
  const char *icon;
  TrestleTone tone;
  const char *word;
} Mark;

/* State is shape and word, never colour alone. */
static Mark
mark_of (TrestleContainerCheck *check)
{
  switch (trestle_container_check_get_state (check))
    {
    case TRESTLE_CHECK_STATE_PASSED:
      return (Mark) { "object-select-symbolic", TRESTLE_TONE_SUCCESS, _ ("Passed") };
    case TRESTLE_CHECK_STATE_FAILED:
      if (trestle_container_check_get_severity (check) == TRESTLE_SEVERITY_ERROR)
        return (Mark) { "dialog-error-symbolic", TRESTLE_TONE_ERROR, _ ("Failed") };
      return (Mark) { "dialog-warning-symbolic", TRESTLE_TONE_WARNING, _ ("Warning") };
    case TRESTLE_CHECK_STATE_RUNNING:
      return (Mark) { "content-loading-symbolic", TRESTLE_TONE_ACCENT, _ ("Running") };
    case TRESTLE_CHECK_STATE_SKIPPED:
      return (Mark) { "action-unavailable-symbolic", TRESTLE_TONE_PLAIN, _ ("Skipped") };
    case TRESTLE_CHECK_STATE_WAITING:
    default:
      return (Mark) { "content-loading-symbolic", TRESTLE_TONE_PLAIN, _ ("Waiting") };
    }
}

static void
on_copy (TrestleCheckRow *self)
{
  const char *reason = trestle_container_check_get_reason (self->check);
  const char *remedy = trestle_container_check_get_remedy (self->check);
  g_autofree char *text = g_strdup_printf (
      "%s\n%s\n%s", trestle_container_check_get_title (self->check), reason != NULL ? reason : "",
      remedy != NULL ? remedy : "");

  trestle_shell_copy (GTK_WIDGET (self), text, _ ("Copied what was found"));
}

/* Below the title there is room for a sentence or two; the whole is inside. */
static char *
shorten (const char *reason)
{
  g_autofree char *line = reason != NULL ? g_strndup (reason, strcspn (reason, "\n"))
                                         : g_strdup ("");

  return reason != NULL && strchr (reason, '\n') != NULL ? g_strconcat (line, " …", NULL)
                                                         : g_steal_pointer (&line);
}

void
trestle_check_row_set_check (TrestleCheckRow *self, TrestleContainerCheck *check)
{
  Mark mark = mark_of (check);
  const char *reason = trestle_container_check_get_reason (check);
  const char *remedy = trestle_container_check_get_remedy (check);
  const char *figure = trestle_container_check_get_figure (check);
  g_autofree char *short_reason = shorten (reason);
  g_autofree char *name = g_strdup_printf ("%s: %s", mark.word,
                                           trestle_container_check_get_title (check));
  gboolean more = remedy != NULL || (reason != NULL && strchr (reason, '\n') != NULL);

  g_return_if_fail (TRESTLE_IS_CHECK_ROW (self));

  g_set_object (&self->check, check);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 trestle_container_check_get_title (check));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), short_reason);
  gtk_image_set_from_icon_name (self->icon, mark.icon);
  trestle_tone_set (GTK_WIDGET (self->icon), mark.tone);
  if (mark.tone == TRESTLE_TONE_PLAIN)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "dimmed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "dimmed");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  mark.word, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_label_set_label (self->figure, figure != NULL ? figure : "");
  gtk_widget_set_visible (GTK_WIDGET (self->figure), figure != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->remedy),
                                 remedy != NULL ? _ ("What to Do") : _ ("Details"));
  adw_action_row_set_subtitle (self->remedy, remedy != NULL ? remedy : reason);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), more);
  adw_expander_row_set_expanded (
      ADW_EXPANDER_ROW (self),
      more && trestle_container_check_get_state (check) == TRESTLE_CHECK_STATE_FAILED
          && trestle_container_check_get_severity (check) == TRESTLE_SEVERITY_ERROR);
  if (more)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "no-expander");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "no-expander");
}

TrestleContainerCheck *
trestle_check_row_get_check (TrestleCheckRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_CHECK_ROW (self), NULL);
  return self->check;
}

static void
trestle_check_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_CHECK_ROW);
  g_clear_object (&TRESTLE_CHECK_ROW (object)->check);
  G_OBJECT_CLASS (trestle_check_row_parent_class)->dispose (object);
}

static void
trestle_check_row_class_init (TrestleCheckRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_check_row_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/container/trestle-check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckRow, icon);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckRow, figure);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckRow, remedy);
  gtk_widget_class_bind_template_child (widget_class, TrestleCheckRow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
}

static void
trestle_check_row_init (TrestleCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_check_row_new (TrestleContainerCheck *check)
{
  TrestleCheckRow *self = g_object_new (TRESTLE_TYPE_CHECK_ROW, NULL);

  trestle_check_row_set_check (self, check);
  return GTK_WIDGET (self);
}
