/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-pricing-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "pricing/trestle-price-cells.h"
#include "pricing/trestle-price-paste.h"
#include "pricing/trestle-similar-dialog.h"
#include "pricing/trestle-terms-group.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-growing.h"
#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"

static const struct
{
  const char *words;
  const char *step;
  int direction;
} roundings[] = {
  { N_ ("up to $0.05"), "0.05", 1 }, { N_ ("up to $0.01"), "0.01", 1 },
  { N_ ("to $0.01"), "0.01", 0 },    { N_ ("down to $0.01"), "0.01", -1 },
  { N_ ("up to $0.10"), "0.10", 1 }, { N_ ("to $0.0001"), "0.0001", 0 },
};

static const struct
{
  const char *words;
  guint bits;
} mode_choices[] = {
  { N_ ("All prices"), 7 },
  { N_ ("Real-time"), 1 },
  { N_ ("Batch"), 2 },
  { N_ ("Training"), 4 },
};

/* An instance type's row is thirty widgets. */
#define ROWS_AT_ONCE 12

/* So many refused cells are told one by one. */
#define MOST_REFUSED 4u

struct _TrestlePricingForm
{
  GtkWidget parent_instance;

  GtkLabel *model_words;
  AdwToggleGroup *models;
  TrestleFindingStrip *missing;
  TrestleFindingStrip *pasted;
  GtkEditable *formula;
  GtkLabel *formula_fault;
  GtkDropDown *rounding;
  GtkDropDown *modes;
  GtkButton *fill;
  GtkWidget *heading;
  GtkWidget *formula_bar;
  GtkWidget *realtime_heading;
  GtkWidget *batch_heading;
  GtkWidget *training_heading;
  GtkWidget *against_heading;
  GtkListBox *grid;
  TrestleTermsGroup *terms;

  TrestleSession *session;
  TrestleOpenDraft *draft;
  TrestlePriceLines *lines;
  GListModel *shown; /* those of them that have a row by now */
  DexFuture *pricing;
};

G_DEFINE_FINAL_TYPE (TrestlePricingForm, trestle_pricing_form, GTK_TYPE_WIDGET)

static void
update_fill (TrestlePricingForm *self)
{
  guint n = trestle_price_lines_count_selected (self->lines);
  g_autofree char *label = g_strdup_printf (g_dngettext (NULL, "_Fill %u Row", "_Fill %u Rows", n),
                                            n);

  gtk_button_set_use_underline (self->fill, TRUE);
  gtk_button_set_label (self->fill, n > 0 ? label : _ ("_Fill"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->fill), n > 0);
  trestle_widget_set_tooltip (self->fill,
                              n > 0 ? NULL : _ ("Select the rows that the formula is to fill"));
}

static void
update_missing (TrestlePricingForm *self)
{
  g_autofree char *version = NULL;
  g_autofree char *type = NULL;
  guint n = trestle_price_lines_dup_missing (self->lines, &version, &type);
  g_autofree char *title = g_strdup_printf (
      g_dngettext (NULL, "%u dimension has no price.", "%u dimensions have no price.", n), n);
  g_autofree char *body = NULL;

  if (version != NULL && type != NULL)
    body = g_strdup_printf (_ ("Version %s brings %s. Its prices go into the same change set, or "
                               "AWS answers UPDATE_PRICING_REQUIRED."),
                            version, type);
  else
    body = g_strdup (_ ("AWS takes a rate card only if everything is priced."));
  trestle_finding_strip_set_words (self->missing, TRESTLE_TONE_ERROR, n > 0 ? title : NULL, body);
}

static void
update (TrestlePricingForm *self)
{
  gboolean locked = trestle_price_lines_is_locked (self->lines);
  const char *model = trestle_price_lines_get_model (self->lines);

  if (g_strcmp0 (adw_toggle_group_get_active_name (self->models), model) != 0)
    adw_toggle_group_set_active_name (self->models, model);
  gtk_widget_set_sensitive (GTK_WIDGET (self->models), !locked);
  trestle_widget_set_tooltip (self->models,
                              locked ? _ ("The pricing model of a released offer is final") : NULL);
  gtk_label_set_label (
      self->model_words,
      locked ? _ ("The offer is released: its pricing model can no longer change.")
             : _ ("Choose well: once the offer is released, the pricing model is final."));
  gtk_widget_set_visible (self->realtime_heading, trestle_price_lines_has (self->lines, 0));
  gtk_widget_set_visible (self->batch_heading, trestle_price_lines_has (self->lines, 1));
  gtk_widget_set_visible (self->training_heading, trestle_price_lines_has (self->lines, 2));
  gtk_widget_set_visible (self->against_heading, trestle_open_draft_get_live (self->draft) != NULL);
  update_missing (self);
  update_fill (self);
}

static void
on_model (TrestlePricingForm *self)
{
  const char *model = adw_toggle_group_get_active_name (self->models);

  if (self->lines != NULL && model != NULL && !trestle_price_lines_is_locked (self->lines))
    trestle_price_lines_set_model (self->lines, model);
}

static void
on_select_missing (TrestlePricingForm *self)
{
  trestle_price_lines_select_missing (self->lines);
  gtk_widget_grab_focus (GTK_WIDGET (self->formula));
}

static void
on_fill (TrestlePricingForm *self)
{
  guint rounding = gtk_drop_down_get_selected (self->rounding);
  guint modes = gtk_drop_down_get_selected (self->modes);
  g_autoptr (GError) error = NULL;

  if (rounding < G_N_ELEMENTS (roundings) && modes < G_N_ELEMENTS (mode_choices))
    trestle_price_lines_fill (self->lines, mode_choices[modes].bits,
                              gtk_editable_get_text (self->formula), roundings[rounding].step,
                              roundings[rounding].direction, &error);
  gtk_label_set_label (self->formula_fault, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->formula_fault), error != NULL);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->formula), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->formula), "error");
}

static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestlePricingForm *self = TRESTLE_PRICING_FORM (widget);

  adw_dialog_present (trestle_similar_dialog_new (self->session, self->draft), widget);
}

static void
on_next (TrestlePricingForm *self, guint mode, GtkListBoxRow *row)
{
  GtkListBoxRow *below;

  for (int i = gtk_list_box_row_get_index (row) + 1;
       (below = gtk_list_box_get_row_at_index (self->grid, i)) != NULL; i++)
    if (trestle_price_cells_focus (TRESTLE_PRICE_CELLS (below), mode))
      return;
}

/* What of a block was not taken, and why; the first few of it. */
static void
show_pasted (TrestlePricingForm *self, guint n_taken, char **refused)
{
  guint n = g_strv_length (refused);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *taken = g_strdup_printf (
      g_dngettext (NULL, "%u price was taken.", "%u prices were taken.", n_taken), n_taken);
  g_autofree char *title = NULL;

  for (guint i = 0; i < MIN (n, MOST_REFUSED); i++)
    g_string_append_printf (body, "%s\n", refused[i]);
  if (n > MOST_REFUSED)
    g_string_append_printf (
        body, g_dngettext (NULL, "… and %u more.\n", "… and %u more.\n", n - MOST_REFUSED),
        n - MOST_REFUSED);
  if (n > 0)
    {
      title = g_strdup_printf (
          g_dngettext (NULL, "%u cell was not taken.", "%u cells were not taken.", n), n);
      g_string_append (body, taken);
    }
  else if (n_taken == 0)
    {
      title = g_strdup (_ ("There was no price in what was pasted."));
      g_string_append (body, _ ("The prices are as they were."));
    }
  trestle_finding_strip_set_words (self->pasted, TRESTLE_TONE_WARNING, title, body->str);
}

static void
on_pasted_read (TrestlePricingForm *self)
{
  trestle_finding_strip_set_words (self->pasted, TRESTLE_TONE_WARNING, NULL, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->formula));
}

static void
on_block (TrestlePricingForm *self, guint mode, const char *text, GtkListBoxRow *row)
{
  g_auto (GStrv) refused = NULL;
  guint n = trestle_price_paste (self->lines, text, (guint) gtk_list_box_row_get_index (row), mode,
                                 &refused);

  show_pasted (self, n, refused);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  TrestlePricingForm *self = data;
  GtkWidget *row = trestle_price_cells_new (self->lines, item);

  /* no room for a heading: each cell says what it is */
  g_object_bind_property (self->heading, "visible", row, "captions",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  g_signal_connect_object (row, "next", G_CALLBACK (on_next), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "block", G_CALLBACK (on_block), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::selected", G_CALLBACK (update_fill), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static void
on_machines (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePricingForm *self = owner;

  /* without them the grid says nothing of machines; prices can be set all the same */
  if (value != NULL)
    trestle_price_lines_set_machines (self->lines, g_value_get_object (value));
}

static void
trestle_pricing_form_dispose (GObject *object)
{
  TrestlePricingForm *self = TRESTLE_PRICING_FORM (object);

  dex_clear (&self->pricing);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PRICING_FORM);
  g_clear_object (&self->shown);
  g_clear_object (&self->lines);
  g_clear_object (&self->draft);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_pricing_form_parent_class)->dispose (object);
}

static void
trestle_pricing_form_class_init (TrestlePricingFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  g_type_ensure (TRESTLE_TYPE_TERMS_GROUP);
  G_OBJECT_CLASS (klass)->dispose = trestle_pricing_form_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/pricing/trestle-pricing-form.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, model_words);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, models);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, missing);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, pasted);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, formula);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, formula_fault);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, rounding);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, modes);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, fill);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, heading);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, formula_bar);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, realtime_heading);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, batch_heading);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, training_heading);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, against_heading);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, grid);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingForm, terms);
  gtk_widget_class_bind_template_callback (widget_class, on_model);
  gtk_widget_class_bind_template_callback (widget_class, on_select_missing);
  gtk_widget_class_bind_template_callback (widget_class, on_fill);
  gtk_widget_class_bind_template_callback (widget_class, on_pasted_read);
  gtk_widget_class_install_action (widget_class, "pricing.compare", NULL, compare_action);
}

static void
trestle_pricing_form_init (TrestlePricingForm *self)
{
  g_autoptr (GtkStringList) steps = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) modes = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (roundings); i++)
    gtk_string_list_append (steps, _ (roundings[i].words));
  for (guint i = 0; i < G_N_ELEMENTS (mode_choices); i++)
    gtk_string_list_append (modes, _ (mode_choices[i].words));
  gtk_drop_down_set_model (self->rounding, G_LIST_MODEL (steps));
  gtk_drop_down_set_model (self->modes, G_LIST_MODEL (modes));
}

GtkWidget *
trestle_pricing_form_new (TrestleSession *session, TrestleOpenDraft *draft)
{
  TrestlePricingForm *self = g_object_new (TRESTLE_TYPE_PRICING_FORM, NULL);

  self->session = g_object_ref (session);
  self->draft = g_object_ref (draft);
  self->lines = trestle_price_lines_new (draft);
  trestle_terms_group_set_draft (self->terms, draft);
  self->shown = trestle_growing_new (G_LIST_MODEL (self->lines), ROWS_AT_ONCE);
  gtk_list_box_bind_model (self->grid, self->shown, create_row, self, NULL);
  g_signal_connect_object (self->lines, "updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  trestle_watch (self, &self->pricing, trestle_session_machine_prices (session), on_machines);
  return GTK_WIDGET (self);
}

/* Whether the price of @line is what is looked for: @key's, or else the first that is missing. */
static gboolean
is_meant (TrestlePriceLine *line, guint mode, const char *key)
{
  if (!trestle_price_line_has (line, mode))
    return FALSE;
  return *key != '\0' ? g_str_equal (trestle_price_line_get_key (line, mode), key)
                      : *trestle_price_line_get_price (line, mode) == '\0';
}

static void
show (GtkWidget *form, const char *path)
{
  TrestlePricingForm *self = TRESTLE_PRICING_FORM (form);
  g_autofree char *key_path = NULL;
  const char *key = "";
  const char *end;

  if (!g_str_has_prefix (path, "Offer.RateCard"))
    return;
  trestle_growing_finish (self->shown);
  end = strchr (path, ']');
  if (end != NULL)
    {
      key_path = g_strdup_printf ("%.*s.DimensionKey", (int) (end + 1 - path), path);
      key = trestle_draft_get_text (trestle_open_draft_get_draft (self->draft), key_path);
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->lines)); i++)
    {
      g_autoptr (TrestlePriceLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->grid, (int) i);

      for (guint mode = 0; row != NULL && mode < TRESTLE_PRICE_MODES; mode++)
        if (is_meant (line, mode, key)
            && trestle_price_cells_focus (TRESTLE_PRICE_CELLS (row), mode))
          return;
    }
}

static const char *const fields[] = { "Offer", NULL };

const TrestleDraftSection trestle_pricing_section = {
  .id = "pricing",
  .title = N_ ("Pricing and Terms"),
  .fields = fields,
  .create = trestle_pricing_form_new,
  .show = show,
  .wide = TRUE,
};
