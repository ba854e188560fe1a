/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-plain-page.h"

struct _TrestlePlainPage
{
  AdwNavigationPage parent_instance;

  AdwStatusPage *status;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (TrestlePlainPage, trestle_plain_page, ADW_TYPE_NAVIGATION_PAGE)

GtkWidget *
trestle_plain_page_new (const char *title,
                        const char *icon_name,
                        const char *heading,
                        const char *description,
                        const char *button,
                        const char *section)
{
  TrestlePlainPage *self = g_object_new (TRESTLE_TYPE_PLAIN_PAGE, "title", title, NULL);

  adw_status_page_set_icon_name (self->status, icon_name);
  adw_status_page_set_title (self->status, heading);
  adw_status_page_set_description (self->status, description);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  if (button != NULL)
    {
      gtk_button_set_label (self->button, button);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", section);
    }
  return GTK_WIDGET (self);
}

void
trestle_plain_page_set_action (TrestlePlainPage *self,
                               const char *label,
                               const char *action,
                               const char *target)
{
  g_return_if_fail (TRESTLE_IS_PLAIN_PAGE (self));

  gtk_button_set_label (self->button, label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  gtk_widget_set_visible (GTK_WIDGET (self->button), TRUE);
}

static void
trestle_plain_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_PLAIN_PAGE);
  G_OBJECT_CLASS (trestle_plain_page_parent_class)->dispose (object);
}

static void
trestle_plain_page_class_init (TrestlePlainPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_plain_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/widgets/trestle-plain-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePlainPage, status);
  gtk_widget_class_bind_template_child (widget_class, TrestlePlainPage, button);
}

static void
trestle_plain_page_init (TrestlePlainPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
