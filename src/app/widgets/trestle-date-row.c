/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-date-row.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "domain/trestle-private-offer.h"

struct _TrestleDateRow
{
  AdwPreferencesRow parent_instance;

  GtkText *text;
  GtkLabel *words;
  GtkLabel *fault;
  GtkMenuButton *button;
  GtkPopover *popover;
  GtkCalendar *calendar;

  gboolean valid;
  gboolean following; /* the calendar follows what is typed: nobody picks */
};

G_DEFINE_FINAL_TYPE (TrestleDateRow, trestle_date_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  PROP_DAY = 1,
  PROP_VALID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GDateTime *
dup_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (trestle_clock_now () / G_USEC_PER_SEC);

  return g_date_time_new_utc (g_date_time_get_year (now), g_date_time_get_month (now),
                              g_date_time_get_day_of_month (now), 0, 0, 0);
}

/* Returns: (transfer full) (nullable): the day that is typed, be it over or not */
static GDateTime *
dup_typed (TrestleDateRow *self)
{
  g_autofree char *moment = NULL;

  if (!trestle_private_offer_check_day (trestle_date_row_get_day (self), 0, NULL))
    return NULL;
  moment = g_strconcat (trestle_date_row_get_day (self), "T00:00:00Z", NULL);
  return g_date_time_new_from_iso8601 (moment, NULL);
}

/* "Sunday, in 30 days" */
static char *
dup_words (GDateTime *day)
{
  g_autoptr (GDateTime) today = dup_today ();
  g_autofree char *weekday = g_date_time_format (day, "%A");
  guint n = (guint) (g_date_time_difference (day, today) / G_TIME_SPAN_DAY);

  if (n == 0)
    return g_strdup (_ ("Today"));
  return g_strdup_printf (g_dngettext (NULL, "%s, in %u day", "%s, in %u days", n), weekday, n);
}

static gboolean
is_number (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "day-number");
}

static void
collect_numbers (GtkWidget *widget, GPtrArray *numbers)
{
  if (is_number (widget))
    g_ptr_array_add (numbers, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_numbers (child, numbers);
}

/* A calendar knows no earliest day: those that are over are dimmed here, and refused when picked. */
static void
update_days (TrestleDateRow *self)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();
  g_autoptr (GDateTime) shown = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) first = g_date_time_new_utc (g_date_time_get_year (shown),
                                                     g_date_time_get_month (shown), 1, 0, 0, 0);
  g_autoptr (GDateTime) today = dup_today ();
  int before = 0;

  collect_numbers (GTK_WIDGET (self->calendar), numbers);
  while (before < (int) numbers->len
         && gtk_widget_has_css_class (numbers->pdata[before], "other-month"))
    before++;
  for (int i = 0; i < (int) numbers->len; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (first, i - before);

      gtk_widget_set_sensitive (numbers->pdata[i], g_date_time_compare (day, today) >= 0);
    }
}

/* Shows the day that is typed, or today. */
static void
follow (TrestleDateRow *self)
{
  g_autoptr (GDateTime) typed = dup_typed (self);
  g_autoptr (GDateTime) today = dup_today ();

  self->following = TRUE;
  gtk_calendar_select_day (self->calendar, self->valid && typed != NULL ? typed : today);
  self->following = FALSE;
  update_days (self);
}

static void
on_popup (TrestleDateRow *self)
{
  follow (self);
}

static void
on_typed (TrestleDateRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) typed = dup_typed (self);
  gboolean valid = trestle_private_offer_check_day (trestle_date_row_get_day (self),
                                                    trestle_clock_now (), &error);
  g_autofree char *words = valid ? dup_words (typed) : NULL;

  gtk_label_set_label (self->words, words != NULL ? words : "");
  gtk_label_set_label (self->fault, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), error != NULL);
  if (valid)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_INVALID,
                               valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  if (valid != self->valid)
    {
      self->valid = valid;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DAY]);
  follow (self);
}

static void
on_picked (TrestleDateRow *self)
{
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *text = NULL;

  if (self->following)
    return;
  day = gtk_calendar_get_date (self->calendar);
  text = g_date_time_format (day, "%Y-%m-%d");
  if (!trestle_private_offer_check_day (text, trestle_clock_now (), NULL))
    {
      follow (self);
      return;
    }
  trestle_date_row_set_day (self, text);
  gtk_popover_popdown (self->popover);
}

static void
on_activate (TrestleDateRow *self)
{
  gtk_widget_activate_default (GTK_WIDGET (self));
}

const char *
trestle_date_row_get_day (TrestleDateRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_DATE_ROW (self), "");
  return gtk_editable_get_text (GTK_EDITABLE (self->text));
}

void
trestle_date_row_set_day (TrestleDateRow *self, const char *day)
{
  g_return_if_fail (TRESTLE_IS_DATE_ROW (self));
  gtk_editable_set_text (GTK_EDITABLE (self->text), day != NULL ? day : "");
}

gboolean
trestle_date_row_get_valid (TrestleDateRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_DATE_ROW (self), FALSE);
  return self->valid;
}

/* The row itself is no stop of the keyboard: what is in it is. */
static gboolean
trestle_date_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)), direction);
}

static gboolean
trestle_date_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TRESTLE_DATE_ROW (widget)->text));
}

static void
trestle_date_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleDateRow *self = TRESTLE_DATE_ROW (object);

  switch (id)
    {
    case PROP_DAY:
      g_value_set_string (value, trestle_date_row_get_day (self));
      break;
    case PROP_VALID:
      g_value_set_boolean (value, self->valid);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_date_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DAY)
    trestle_date_row_set_day (TRESTLE_DATE_ROW (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_date_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_DATE_ROW);
  G_OBJECT_CLASS (trestle_date_row_parent_class)->dispose (object);
}

static void
trestle_date_row_class_init (TrestleDateRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_date_row_get_property;
  object_class->set_property = trestle_date_row_set_property;
  object_class->dispose = trestle_date_row_dispose;
  widget_class->focus = trestle_date_row_focus;
  widget_class->grab_focus = trestle_date_row_grab_focus;
  properties[PROP_DAY] = g_param_spec_string (
      "day", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                     | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/widgets/trestle-date-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleDateRow, text);
  gtk_widget_class_bind_template_child (widget_class, TrestleDateRow, words);
  gtk_widget_class_bind_template_child (widget_class, TrestleDateRow, fault);
  gtk_widget_class_bind_template_child (widget_class, TrestleDateRow, button);
  gtk_widget_class_bind_template_child (widget_class, TrestleDateRow, popover);
  gtk_widget_class_bind_template_child (widget_class, TrestleDateRow, calendar);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_popup);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, update_days);
}

static void
trestle_date_row_init (TrestleDateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
