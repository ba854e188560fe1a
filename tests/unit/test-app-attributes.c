/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "domain/trestle-attributes.h"
#include "invoke/trestle-attribute-row.h"
#include "invoke/trestle-attributes-form.h"
#include "trestle-app-resources.h"

/* The form of custom attributes, used by its widgets. */

static const char usage[] = "Custom attributes\n"
                            "- min-score (optional): Least score [0 to 1, 0.5 when absent]\n"
                            "- classes (optional): Kinds [any of car, van; all when absent]\n"
                            "- keep (optional): What to keep [one of speech, everything]\n"
                            "- report (optional): A header [on or off, on when absent]\n"
                            "- count (required): How many [an integer from 1 to 16]\n"
                            "- note (optional): Anything\n";

enum
{
  MIN_SCORE,
  CLASSES,
  KEEP,
  REPORT,
  COUNT,
  NOTE,
  N_ROWS,
};

typedef struct
{
  TrestleAttributesForm *form;
  GtkWidget *rows[N_ROWS];
  guint n_valid; /* notifications of it */
} Fixture;

static gpointer
child (GtkWidget *row, const char *name)
{
  return gtk_widget_get_template_child (row, TRESTLE_TYPE_ATTRIBUTE_ROW, name);
}

static gpointer
part (Fixture *fixture, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (fixture->form), TRESTLE_TYPE_ATTRIBUTES_FORM,
                                        name);
}

static void
on_valid (Fixture *fixture)
{
  fixture->n_valid++;
}

static void
set_up (Fixture *fixture, gconstpointer text)
{
  g_autoptr (GListModel) attributes = trestle_attributes_parse (text);
  GtkWidget *row;

  fixture->form = g_object_ref_sink (g_object_new (TRESTLE_TYPE_ATTRIBUTES_FORM, NULL));
  trestle_attributes_form_set_attributes (fixture->form, attributes);
  g_signal_connect_swapped (fixture->form, "notify::valid", G_CALLBACK (on_valid), fixture);
  row = gtk_widget_get_first_child (part (fixture, "rows"));
  for (guint i = 0; row != NULL; i++, row = gtk_widget_get_next_sibling (row))
    fixture->rows[i] = row;
}

static void
tear_down (Fixture *fixture, gconstpointer text)
{
  g_assert_finalize_object (fixture->form);
}

static void
type_count (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (child (fixture->rows[COUNT], "entry"), text);
}

static const char *
get_problem (GtkWidget *row)
{
  GtkWidget *label = child (row, "problem_label");

  return gtk_widget_get_visible (label) ? gtk_label_get_label (GTK_LABEL (label)) : NULL;
}

/* What the model does by itself is not sent; what it needs is, and is missed until then. */
static void
test_fill (Fixture *fixture, gconstpointer text)
{
  GtkWidget *check = gtk_widget_get_first_child (child (fixture->rows[CLASSES], "set"));

  g_assert_true (gtk_widget_get_visible (child (fixture->rows[MIN_SCORE], "spin")));
  g_assert_true (gtk_widget_get_visible (child (fixture->rows[KEEP], "choice")));
  g_assert_true (gtk_widget_get_visible (child (fixture->rows[REPORT], "toggle")));
  g_assert_true (gtk_widget_get_visible (child (fixture->rows[COUNT], "entry")));
  g_assert_true (gtk_widget_get_visible (child (fixture->rows[COUNT], "required_label")));
  g_assert_false (gtk_widget_get_visible (child (fixture->rows[NOTE], "required_label")));
  g_assert_cmpstr (gtk_label_get_label (child (fixture->rows[MIN_SCORE], "description_label")), ==,
                   "Least score");
  g_assert_cmpstr (gtk_label_get_label (child (fixture->rows[COUNT], "rules_label")), ==,
                   "1 to 16");
  g_assert_null (trestle_attributes_form_get_text (fixture->form));
  g_assert_false (trestle_attributes_form_get_valid (fixture->form));
  g_assert_null (get_problem (fixture->rows[COUNT])); /* nobody has been there yet */

  type_count (fixture, "3");
  g_assert_true (trestle_attributes_form_get_valid (fixture->form));
  g_assert_cmpuint (fixture->n_valid, ==, 1);
  g_assert_cmpstr (trestle_attributes_form_get_text (fixture->form), ==, "count=3");

  gtk_spin_button_set_value (child (fixture->rows[MIN_SCORE], "spin"), 0.6);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  gtk_drop_down_set_selected (child (fixture->rows[KEEP], "choice"), 2);
  gtk_switch_set_active (child (fixture->rows[REPORT], "toggle"), FALSE);
  gtk_editable_set_text (child (fixture->rows[NOTE], "entry"), " as is ");
  g_assert_cmpstr (trestle_attributes_form_get_text (fixture->form), ==,
                   "min-score=0.6;classes=van;keep=everything;report=off;count=3;note=as is");

  trestle_attributes_form_reset (fixture->form);
  g_assert_null (trestle_attributes_form_get_text (fixture->form));
  g_assert_false (trestle_attributes_form_get_valid (fixture->form));
  g_assert_cmpfloat (gtk_spin_button_get_value (child (fixture->rows[MIN_SCORE], "spin")), ==, 0.5);
}

static void
test_refuse (Fixture *fixture, gconstpointer text)
{
  static const char *const wrong[] = { "17", "0", "1.5", "many" };
  GtkWidget *set = child (fixture->rows[CLASSES], "set");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      type_count (fixture, wrong[i]);
      g_assert_nonnull (get_problem (fixture->rows[COUNT]));
      g_assert_false (trestle_attributes_form_get_valid (fixture->form));
      type_count (fixture, "16");
      g_assert_null (get_problem (fixture->rows[COUNT]));
      g_assert_true (trestle_attributes_form_get_valid (fixture->form));
    }
  for (GtkWidget *check = gtk_widget_get_first_child (set); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  g_assert_nonnull (get_problem (fixture->rows[CLASSES]));
  g_assert_false (trestle_attributes_form_get_valid (fixture->form));
  trestle_attributes_form_reset (fixture->form);
  type_count (fixture, "1");
  gtk_editable_set_text (child (fixture->rows[NOTE], "entry"), "a;b");
  g_assert_nonnull (get_problem (fixture->rows[NOTE]));
  g_assert_false (trestle_attributes_form_get_valid (fixture->form));
}

/* Writing begins where the form has come to, and only the header's own limits hold. */
static void
test_write (Fixture *fixture, gconstpointer text)
{
  g_autofree char *longest = g_strnfill (1024, 'x');
  g_autofree char *longer = g_strnfill (1025, 'x');

  type_count (fixture, "3");
  gtk_toggle_button_set_active (part (fixture, "as_text"), TRUE);
  g_assert_cmpstr (gtk_editable_get_text (part (fixture, "entry")), ==, "count=3");
  gtk_editable_set_text (part (fixture, "entry"), "{\"count\": 99}");
  g_assert_true (trestle_attributes_form_get_valid (fixture->form));
  g_assert_cmpstr (trestle_attributes_form_get_text (fixture->form), ==, "{\"count\": 99}");
  gtk_editable_set_text (part (fixture, "entry"), longest);
  g_assert_true (trestle_attributes_form_get_valid (fixture->form));
  gtk_editable_set_text (part (fixture, "entry"), longer);
  g_assert_false (trestle_attributes_form_get_valid (fixture->form));
  gtk_editable_set_text (part (fixture, "entry"), "caf\xc3\xa9");
  g_assert_false (trestle_attributes_form_get_valid (fixture->form));
  gtk_toggle_button_set_active (part (fixture, "as_text"), FALSE);
  g_assert_true (trestle_attributes_form_get_valid (fixture->form));
  g_assert_cmpstr (trestle_attributes_form_get_text (fixture->form), ==, "count=3");
}

/* Without a word of the seller there is one field. */
static void
test_plain (Fixture *fixture, gconstpointer text)
{
  g_assert_true (gtk_widget_get_visible (part (fixture, "entry")));
  g_assert_false (gtk_widget_get_visible (part (fixture, "as_text")));
  g_assert_true (trestle_attributes_form_get_valid (fixture->form));
  gtk_editable_set_text (part (fixture, "entry"), "top_k=3");
  g_assert_cmpstr (trestle_attributes_form_get_text (fixture->form), ==, "top_k=3");
}

int
main (int argc, char **argv)
{
#ifdef __SANITIZE_ADDRESS__
  g_print ("1..0 # SKIP GTK keeps things for ever\n");
  return 0;
#endif
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }
  adw_init ();
  g_resources_register (trestle_app_get_resource ());
  g_test_add ("/app/attributes/fill", Fixture, usage, set_up, test_fill, tear_down);
  g_test_add ("/app/attributes/refuse", Fixture, usage, set_up, test_refuse, tear_down);
  g_test_add ("/app/attributes/write", Fixture, usage, set_up, test_write, tear_down);
  g_test_add ("/app/attributes/plain", Fixture, "Send rows.", set_up, test_plain, tear_down);
  return g_test_run ();
}
