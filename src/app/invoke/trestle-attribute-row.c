/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-attribute-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "domain/trestle-attributes.h"
#include "widgets/trestle-widget.h"

/* A range of whole numbers as wide as this is stepped through one by one. */
#define WIDE 10

struct _TrestleAttributeRow
{
  GtkWidget parent_instance;

  GtkLabel *name_label;
  GtkWidget *required_label;
  GtkLabel *rules_label;
  GtkSwitch *toggle;
  GtkSpinButton *spin;
  GtkAdjustment *range;
  GtkDropDown *choice;
  GtkStringList *choices;
  AdwWrapBox *set;
  GtkEntry *entry;
  GtkLabel *problem_label;
  GtkLabel *description_label;

  TrestleAttribute *attribute;
  GtkWidget *control; /* (unowned): the one that is shown */
  gboolean touched;
};

G_DEFINE_FINAL_TYPE (TrestleAttributeRow, trestle_attribute_row, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_fallback (TrestleAttributeRow *self)
{
  return trestle_attribute_get_fallback (self->attribute);
}

/* Without a value of the model's own the list begins with none. */
static gboolean
has_none (TrestleAttributeRow *self)
{
  return get_fallback (self) == NULL;
}

static char *
dup_number (TrestleAttributeRow *self)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text,
                   gtk_spin_button_get_digits (self->spin) == 0 ? "%.0f" : "%.2f",
                   gtk_spin_button_get_value (self->spin));
  if (strchr (text, '.') != NULL)
    {
      char *end = text + strlen (text);

      while (end[-1] == '0')
        *--end = '\0';
      if (end[-1] == '.')
        end[-1] = '\0';
    }
  return g_strdup (text);
}

static char *
dup_set (TrestleAttributeRow *self)
{
  g_autoptr (GStrvBuilder) chosen = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (GtkWidget *check = gtk_widget_get_first_child (GTK_WIDGET (self->set)); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      g_strv_builder_add (chosen, gtk_check_button_get_label (GTK_CHECK_BUTTON (check)));
  words = g_strv_builder_end (chosen);
  return words[0] != NULL ? g_strjoinv (",", words) : NULL;
}

/* Returns: (transfer full) (nullable): what the control says, though it be the model's own. */
static char *
dup_value (TrestleAttributeRow *self)
{
  const char *const *values = trestle_attribute_get_values (self->attribute);
  guint chosen;

  if (self->control == GTK_WIDGET (self->toggle))
    return g_strdup (values[gtk_switch_get_active (self->toggle) ? 0 : 1]);
  if (self->control == GTK_WIDGET (self->spin))
    return dup_number (self);
  if (self->control == GTK_WIDGET (self->set))
    return dup_set (self);
  if (self->control == GTK_WIDGET (self->choice))
    {
      chosen = gtk_drop_down_get_selected (self->choice);
      if (has_none (self))
        return chosen == 0 ? NULL : g_strdup (values[chosen - 1]);
      return g_strdup (values[chosen]);
    }
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static gboolean
is_fallback (TrestleAttributeRow *self, const char *value)
{
  const char *fallback = get_fallback (self);

  if (fallback == NULL || value == NULL)
    return value == NULL || *value == '\0';
  if (self->control == GTK_WIDGET (self->spin))
    return fabs (g_ascii_strtod (fallback, NULL) - g_ascii_strtod (value, NULL)) < 1e-9;
  return g_str_equal (fallback, value);
}

char *
trestle_attribute_row_dup_pair (TrestleAttributeRow *self)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (TRESTLE_IS_ATTRIBUTE_ROW (self), NULL);

  value = dup_value (self);
  if (value == NULL || *value == '\0'
      || (is_fallback (self, value) && !trestle_attribute_get_required (self->attribute)))
    return NULL;
  return g_strconcat (trestle_attribute_get_name (self->attribute), "=", value, NULL);
}

static char *
dup_problem (TrestleAttributeRow *self)
{
  g_autofree char *value = dup_value (self);
  double least = trestle_attribute_get_minimum (self->attribute);
  double most = trestle_attribute_get_maximum (self->attribute);

  /* Nothing of a set cannot be said: the model would take its own. */
  if (self->control == GTK_WIDGET (self->set) && value == NULL
      && (get_fallback (self) != NULL || trestle_attribute_get_required (self->attribute)))
    return g_strdup (_ ("Choose one at least"));
  switch (trestle_attribute_check (self->attribute, value))
    {
    case TRESTLE_ATTRIBUTE_MISSING:
      return g_strdup (_ ("The model needs a value"));
    case TRESTLE_ATTRIBUTE_NO_NUMBER:
      return g_strdup (_ ("This must be a number"));
    case TRESTLE_ATTRIBUTE_NO_WHOLE:
      return g_strdup (_ ("This must be a whole number"));
    case TRESTLE_ATTRIBUTE_TOO_SMALL:
      return g_strdup_printf (_ ("This must be %g at least"), least);
    case TRESTLE_ATTRIBUTE_TOO_LARGE:
      return g_strdup_printf (_ ("This must be %g at most"), most);
    case TRESTLE_ATTRIBUTE_NO_CHOICE:
      return g_strdup (_ ("The model does not take this"));
    case TRESTLE_ATTRIBUTE_UNPRINTABLE:
      return g_strdup (_ ("Only printable ASCII characters can be sent"));
    case TRESTLE_ATTRIBUTE_SEPARATOR:
      return g_strdup (_ ("A semicolon would begin the next attribute"));
    case TRESTLE_ATTRIBUTE_OK:
    default:
      return NULL;
    }
}

gboolean
trestle_attribute_row_is_valid (TrestleAttributeRow *self)
{
  g_autofree char *problem = NULL;

  g_return_val_if_fail (TRESTLE_IS_ATTRIBUTE_ROW (self), FALSE);

  problem = dup_problem (self);
  return problem == NULL;
}

/* What has not been touched yet is not called wrong. */
static void
update_problem (TrestleAttributeRow *self)
{
  g_autofree char *problem = self->touched ? dup_problem (self) : NULL;

  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_STATE_INVALID,
      problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (problem != NULL)
    gtk_widget_add_css_class (self->control, "error");
  else
    gtk_widget_remove_css_class (self->control, "error");
}

static void
on_changed (TrestleAttributeRow *self)
{
  if (self->control == NULL)
    return;
  self->touched = TRUE;
  update_problem (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
trestle_attribute_row_reset (TrestleAttributeRow *self)
{
  const char *fallback;
  const char *const *values;

  g_return_if_fail (TRESTLE_IS_ATTRIBUTE_ROW (self));

  fallback = get_fallback (self);
  values = trestle_attribute_get_values (self->attribute);
  if (self->control == GTK_WIDGET (self->toggle))
    gtk_switch_set_active (self->toggle, g_strcmp0 (fallback, values[0]) == 0);
  else if (self->control == GTK_WIDGET (self->spin))
    gtk_spin_button_set_value (self->spin, g_ascii_strtod (fallback, NULL));
  else if (self->control == GTK_WIDGET (self->choice))
    {
      guint at = 0;

      for (guint i = 0; fallback != NULL && values[i] != NULL; i++)
        if (g_str_equal (values[i], fallback))
          at = i;
      gtk_drop_down_set_selected (self->choice, at);
    }
  else if (self->control == GTK_WIDGET (self->set))
    {
      g_auto (GStrv) chosen = g_strsplit (fallback != NULL ? fallback : "", ",", -1);

      for (GtkWidget *check = gtk_widget_get_first_child (GTK_WIDGET (self->set)); check != NULL;
           check = gtk_widget_get_next_sibling (check))
        gtk_check_button_set_active (
            GTK_CHECK_BUTTON (check),
            g_strv_contains ((const char *const *) chosen,
                             gtk_check_button_get_label (GTK_CHECK_BUTTON (check))));
    }
  else
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  self->touched = FALSE;
  update_problem (self);
}

static void
fill_choice (TrestleAttributeRow *self)
{
  const char *const *values = trestle_attribute_get_values (self->attribute);

  if (has_none (self))
    gtk_string_list_append (self->choices, trestle_attribute_get_required (self->attribute)
                                               ? _ ("Choose…")
                                               : _ ("Not sent"));
  for (guint i = 0; values[i] != NULL; i++)
    gtk_string_list_append (self->choices, values[i]);
}

static void
fill_set (TrestleAttributeRow *self)
{
  const char *const *values = trestle_attribute_get_values (self->attribute);

  for (guint i = 0; values[i] != NULL; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (values[i]);

      g_signal_connect_object (check, "toggled", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
      adw_wrap_box_append (self->set, check);
    }
}

static void
fill_spin (TrestleAttributeRow *self)
{
  double least = trestle_attribute_get_minimum (self->attribute);
  double most = trestle_attribute_get_maximum (self->attribute);
  double fallback = g_ascii_strtod (get_fallback (self), NULL);
  gboolean whole = trestle_attribute_get_whole (self->attribute)
                   || (floor (least) == least && floor (most) == most
                       && floor (fallback) == fallback && most - least >= WIDE);
  double step = whole ? 1 : most - least <= 1 ? 0.05 : 0.1;

  gtk_adjustment_configure (self->range, fallback, least, most, step, step * 10, 0);
  gtk_spin_button_set_digits (self->spin, whole ? 0 : 2);
}

/* A number that is not known, or a switch that may also be left alone, is not made up. */
static GtkWidget *
choose_control (TrestleAttributeRow *self)
{
  switch (trestle_attribute_get_kind (self->attribute))
    {
    case TRESTLE_ATTRIBUTE_KIND_RANGE:
      return has_none (self) ? GTK_WIDGET (self->entry) : GTK_WIDGET (self->spin);
    case TRESTLE_ATTRIBUTE_KIND_SWITCH:
      return has_none (self) ? GTK_WIDGET (self->choice) : GTK_WIDGET (self->toggle);
    case TRESTLE_ATTRIBUTE_KIND_CHOICE:
      return GTK_WIDGET (self->choice);
    case TRESTLE_ATTRIBUTE_KIND_SET:
      return GTK_WIDGET (self->set);
    case TRESTLE_ATTRIBUTE_KIND_TEXT:
    default:
      return GTK_WIDGET (self->entry);
    }
}

/* The control says what a choice, a set or a switch may be; a range and anything else is said in words. */
static char *
dup_rules (TrestleAttributeRow *self)
{
  switch (trestle_attribute_get_kind (self->attribute))
    {
    case TRESTLE_ATTRIBUTE_KIND_RANGE:
      /* Translators: a range, "0 to 1" */
      return g_strdup_printf (_ ("%g to %g"), trestle_attribute_get_minimum (self->attribute),
                              trestle_attribute_get_maximum (self->attribute));
    case TRESTLE_ATTRIBUTE_KIND_TEXT:
      return g_strdup (trestle_attribute_get_constraints (self->attribute));
    case TRESTLE_ATTRIBUTE_KIND_CHOICE:
    case TRESTLE_ATTRIBUTE_KIND_SET:
    case TRESTLE_ATTRIBUTE_KIND_SWITCH:
    default:
      return NULL;
    }
}

static void
set_attribute (TrestleAttributeRow *self, TrestleAttribute *attribute)
{
  GtkWidget *const controls[] = { GTK_WIDGET (self->toggle), GTK_WIDGET (self->spin),
                                  GTK_WIDGET (self->choice), GTK_WIDGET (self->set),
                                  GTK_WIDGET (self->entry) };
  const char *description = trestle_attribute_get_description (attribute);
  g_autofree char *rules = NULL;
  GtkWidget *control;

  self->attribute = g_object_ref (attribute);
  rules = dup_rules (self);
  gtk_label_set_label (self->name_label, trestle_attribute_get_name (attribute));
  gtk_widget_set_visible (self->required_label, trestle_attribute_get_required (attribute));
  gtk_label_set_label (self->rules_label, rules != NULL ? rules : "");
  gtk_widget_set_visible (GTK_WIDGET (self->rules_label), rules != NULL);
  gtk_label_set_label (self->description_label, description != NULL ? description : "");
  gtk_widget_set_visible (GTK_WIDGET (self->description_label), description != NULL);
  control = choose_control (self);
  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    gtk_widget_set_visible (controls[i], controls[i] == control);
  if (control == GTK_WIDGET (self->choice))
    fill_choice (self);
  else if (control == GTK_WIDGET (self->set))
    fill_set (self);
  else if (control == GTK_WIDGET (self->spin))
    fill_spin (self);
  else
    gtk_entry_set_placeholder_text (
        self->entry, trestle_attribute_get_required (attribute) ? _ ("Required") : _ ("Not sent"));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->name_label, NULL, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  self->description_label, NULL, -1);
  self->control = control;
  trestle_attribute_row_reset (self);
}

static void
trestle_attribute_row_dispose (GObject *object)
{
  TrestleAttributeRow *self = TRESTLE_ATTRIBUTE_ROW (object);

  self->control = NULL;
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_ATTRIBUTE_ROW);
  g_clear_object (&self->attribute);
  G_OBJECT_CLASS (trestle_attribute_row_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, TrestleAttributeRow, child)

static void
trestle_attribute_row_class_init (TrestleAttributeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_attribute_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", TRESTLE_TYPE_ATTRIBUTE_ROW, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/invoke/trestle-attribute-row.ui");
  BIND (name_label);
  BIND (required_label);
  BIND (rules_label);
  BIND (toggle);
  BIND (spin);
  BIND (range);
  BIND (choice);
  BIND (choices);
  BIND (set);
  BIND (entry);
  BIND (problem_label);
  BIND (description_label);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
trestle_attribute_row_init (TrestleAttributeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_attribute_row_new (TrestleAttribute *attribute)
{
  TrestleAttributeRow *self = g_object_new (TRESTLE_TYPE_ATTRIBUTE_ROW, NULL);

  set_attribute (self, attribute);
  return GTK_WIDGET (self);
}
