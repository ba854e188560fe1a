/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-pricing-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "widgets/trestle-badge.h"
#include "widgets/trestle-columns.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-widget.h"

#define HOURS_A_DAY 24
#define HOURS_A_MONTH 730 /* AWS's own month: 8760 hours a year */

typedef enum
{
  CELL_SOFTWARE,
  CELL_INFRASTRUCTURE,
  CELL_TOTAL,
  CELL_DAY,
} Cell;

struct _TrestlePricingCard
{
  GtkWidget parent_instance;

  AdwToggleGroup *units;
  TrestlePageState *state;
  GtkColumnView *table;
  GtkColumnViewColumn *instance_column;
  GtkColumnViewColumn *software_column;
  GtkColumnViewColumn *infrastructure_column;
  GtkColumnViewColumn *total_column;
  GtkColumnViewColumn *day_column;
  GtkColumnViewColumn *quota_column;
  GtkWidget *calls_row;
  GtkRange *calls;
  GtkLabel *answer;
  GtkLabel *note;

  TrestleProductModel *model;
  gboolean narrow;
};

enum
{
  PROP_NARROW = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestlePricingCard, trestle_pricing_card, GTK_TYPE_WIDGET)

static const char *
unit_of (TrestlePricingCard *self)
{
  return adw_toggle_group_get_active_name (self->units);
}

/* The slider is logarithmic: 100 to 1,000,000 calls, two digits that count. */
static gint64
calls_a_day (TrestlePricingCard *self)
{
  double raw = pow (10, gtk_range_get_value (self->calls));
  double step = pow (10, floor (log10 (raw)) - 1);

  return (gint64) (round (raw / step) * step);
}

/* Returns: (transfer full) (nullable): @hourly in the unit that is shown */
static TrestleMoney *
in_unit (TrestlePricingCard *self, const TrestleMoney *hourly)
{
  const char *unit = unit_of (self);

  if (hourly == NULL)
    return NULL;
  if (g_str_equal (unit, "day"))
    return trestle_money_scale (hourly, HOURS_A_DAY, 1);
  if (g_str_equal (unit, "month"))
    return trestle_money_scale (hourly, HOURS_A_MONTH, 1);
  if (g_str_equal (unit, "calls"))
    return trestle_money_scale (hourly, HOURS_A_DAY * 1000, calls_a_day (self));
  return trestle_money_copy (hourly);
}

/* Adds what the seller takes for each call, where it is paid by calls. */
static TrestleMoney *
with_calls (TrestlePricingCard *self, const TrestleMoney *amount, gint64 calls)
{
  const TrestleMoney *each = trestle_product_model_get_call_price (self->model);
  g_autoptr (TrestleMoney) all = NULL;

  if (amount == NULL)
    return NULL;
  if (each == NULL)
    return trestle_money_copy (amount);
  all = trestle_money_scale (each, calls, 1);
  return trestle_money_add (amount, all, NULL);
}

static char *
cell_text (TrestlePricingCard *self, TrestlePriceRow *row, Cell cell)
{
  const TrestleMoney *hourly = cell == CELL_SOFTWARE ? trestle_price_row_get_software (row)
                               : cell == CELL_INFRASTRUCTURE
                                   ? trestle_price_row_get_infrastructure (row)
                                   : trestle_price_row_get_total (row);
  g_autoptr (TrestleMoney)
      amount = cell == CELL_DAY
                   ? (hourly != NULL ? trestle_money_scale (hourly, HOURS_A_DAY, 1) : NULL)
                   : in_unit (self, hourly);

  if (g_str_equal (unit_of (self), "calls") && (cell == CELL_SOFTWARE || cell == CELL_TOTAL))
    {
      g_autoptr (TrestleMoney) more = with_calls (self, amount, 1000);

      return trestle_format_amount (more);
    }
  return trestle_format_amount (amount);
}

/* --- Cells ---------------------------------------------------------------------------------- */

static void
on_amount_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  if (g_object_get_data (G_OBJECT (factory), "total") != NULL)
    gtk_widget_add_css_class (label, "heading");
  gtk_list_item_set_child (item, label);
}

static void
on_amount_bind (GtkSignalListItemFactory *factory, GtkListItem *item, TrestlePricingCard *self)
{
  Cell cell = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "cell"));
  g_autofree char *text = cell_text (self, gtk_list_item_get_item (item), cell);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
on_instance_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), trestle_badge_new (NULL, TRESTLE_TONE_ACCENT));
  gtk_list_item_set_child (item, box);
}

static void
on_instance_bind (GtkSignalListItemFactory *factory, GtkListItem *item, TrestlePricingCard *self)
{
  TrestlePriceRow *row = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_label (GTK_LABEL (label), trestle_price_row_get_instance_type (row));
  trestle_badge_set (gtk_widget_get_next_sibling (label),
                     trestle_price_row_get_recommended (row) && !self->narrow ? _ ("Recommended")
                                                                              : NULL,
                     TRESTLE_TONE_ACCENT);
}

static void
on_quota_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), trestle_widget_decoration (NULL));
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_widget_add_css_class (box, "numeric");
  gtk_list_item_set_child (item, box);
}

static void
on_quota_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  TrestlePriceRow *row = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *image = gtk_widget_get_first_child (box);
  GtkWidget *label = gtk_widget_get_next_sibling (image);
  gint64 quota = trestle_price_row_get_quota (row), used = trestle_price_row_get_used (row);
  g_autofree char *text = NULL;

  if (quota < 0)
    text = g_strdup ("–");
  else if (quota - used > 0)
    text = g_strdup_printf (_ ("%d free"), (int) (quota - used));
  else
    text = g_strdup_printf (_ ("0 of %d"), (int) quota);
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_visible (image, quota >= 0);
  gtk_image_set_from_icon_name (GTK_IMAGE (image), quota - used > 0 ? "object-select-symbolic"
                                                                    : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (image, "success");
  gtk_widget_remove_css_class (image, "warning");
  gtk_widget_add_css_class (image, quota - used > 0 ? "success" : "warning");
}

static void
set_factory (TrestlePricingCard *self,
             GtkColumnViewColumn *column,
             GCallback setup,
             GCallback bind,
             int cell)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_data (G_OBJECT (factory), "cell", GINT_TO_POINTER (cell));
  if (cell == CELL_TOTAL)
    g_object_set_data (G_OBJECT (factory), "total", self);
  g_signal_connect_object (factory, "setup", setup, self, 0);
  g_signal_connect_object (factory, "bind", bind, self, 0);
  gtk_column_view_column_set_factory (column, factory);
  g_object_unref (factory);
}

/* --- What is shown -------------------------------------------------------------------------- */

static void
update_answer (TrestlePricingCard *self)
{
  TrestlePriceRow *row = trestle_product_model_get_cheapest (self->model);
  gint64 calls = calls_a_day (self);
  g_autofree char *number = trestle_format_count (calls);
  g_autofree char *amount = NULL;
  g_autofree char *text = NULL;
  g_autoptr (TrestleMoney) machine = NULL;
  g_autoptr (TrestleMoney) thousand = NULL;

  gtk_widget_set_visible (self->calls_row, row != NULL);
  if (row == NULL)
    return;
  machine = trestle_money_scale (trestle_price_row_get_total (row), HOURS_A_DAY * 1000, calls);
  thousand = with_calls (self, machine, 1000);
  amount = trestle_format_amount (thousand);
  text = self->narrow ? g_strdup_printf (_ ("%s → <b>%s</b> per 1,000"), number, amount)
                      : g_strdup_printf (_ ("%s → <b>%s</b> per 1,000 on %s"), number, amount,
                                         trestle_price_row_get_instance_type (row));
  gtk_label_set_markup (self->answer, text);
  g_clear_pointer (&text, g_free);
  text = g_strdup_printf (_ ("%s calls a day"), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calls), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
}

static void
update_columns (TrestlePricingCard *self)
{
  static const struct
  {
    const char *unit;
    const char *software;
    const char *infrastructure;
    const char *total;
  } titles[] = {
    { "hour", N_ ("Software/h"), N_ ("Infrastructure/h"), N_ ("Total/h") },
    { "day", N_ ("Software/Day"), N_ ("Infrastr./Day"), N_ ("Total/Day") },
    { "month", N_ ("Software/Mo."), N_ ("Infrastr./Month"), N_ ("Total/Mo.") },
    { "calls", N_ ("Software"), N_ ("Infrastructure"), N_ ("Total/1,000") },
  };
  const char *unit = unit_of (self);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].unit, unit))
      {
        gtk_column_view_column_set_title (self->software_column, _ (titles[i].software));
        gtk_column_view_column_set_title (self->infrastructure_column,
                                          _ (titles[i].infrastructure));
        gtk_column_view_column_set_title (self->total_column, _ (titles[i].total));
      }
  gtk_column_view_column_set_visible (self->software_column, !self->narrow);
  gtk_column_view_column_set_visible (self->infrastructure_column, !self->narrow);
  gtk_column_view_column_set_visible (self->day_column,
                                      !self->narrow && g_str_equal (unit, "hour"));
}

/* Rows are bound again: what they show hangs on the unit and the slider, which are not theirs. */
static void
rebind (TrestlePricingCard *self)
{
  GListModel *prices = trestle_product_model_get_prices (self->model);
  GtkNoSelection *selection;

  if (prices == NULL)
    return;
  selection = gtk_no_selection_new (g_object_ref (prices));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

static void
update_note (TrestlePricingCard *self)
{
  const TrestleMoney *each = trestle_product_model_get_call_price (self->model);
  g_autofree char *amount = NULL;
  g_autofree char *text = NULL;

  if (each != NULL)
    {
      amount = trestle_money_format (each, 2);
      text = g_strdup_printf (
          _ ("The seller takes %s a call that is answered; the instance is billed by AWS as "
             "long as it runs."),
          amount);
    }
  gtk_label_set_label (
      self->note,
      text != NULL ? text : _ ("Estimates before tax, billed only while an endpoint runs."));
}

static void
update (TrestlePricingCard *self, TrestlePart part)
{
  GListModel *prices = trestle_product_model_get_prices (self->model);
  const GError *error = trestle_product_model_get_error (self->model, TRESTLE_PART_PRICES);

  if (part != TRESTLE_PART_PRICES && part != TRESTLE_PART_OFFERS)
    return;
  if (error != NULL)
    trestle_page_state_fail (self->state, _ ("load the prices"), error);
  else if (prices == NULL || trestle_product_model_is_loading (self->model, TRESTLE_PART_PRICES))
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  else
    trestle_page_state_set_state (self->state, g_list_model_get_n_items (prices) > 0
                                                   ? TRESTLE_PAGE_CONTENT
                                                   : TRESTLE_PAGE_EMPTY);
  update_columns (self);
  rebind (self);
  update_answer (self);
  update_note (self);
}

static void
on_unit_changed (TrestlePricingCard *self)
{
  if (self->model == NULL)
    return;
  update_columns (self);
  rebind (self);
}

static void
on_calls_changed (TrestlePricingCard *self)
{
  if (self->model == NULL)
    return;
  update_answer (self);
  if (g_str_equal (unit_of (self), "calls"))
    rebind (self);
}

static void
on_retry (TrestlePricingCard *self)
{
  trestle_product_model_load (self->model, TRESTLE_PART_PRICES);
}

void
trestle_pricing_card_set_unit (TrestlePricingCard *self, const char *unit)
{
  g_return_if_fail (TRESTLE_IS_PRICING_CARD (self));
  adw_toggle_group_set_active_name (self->units, unit);
}

void
trestle_pricing_card_set_model (TrestlePricingCard *self, TrestleProductModel *model)
{
  g_return_if_fail (TRESTLE_IS_PRICING_CARD (self));

  g_set_object (&self->model, model);
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self, TRESTLE_PART_PRICES);
}

static void
trestle_pricing_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, TRESTLE_PRICING_CARD (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_pricing_card_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  TrestlePricingCard *self = TRESTLE_PRICING_CARD (object);

  if (id != PROP_NARROW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->narrow = g_value_get_boolean (value);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->calls_row),
                                  self->narrow ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
  update_columns (self);
  if (self->model != NULL)
    {
      update_answer (self);
      rebind (self);
    }
}

static void
trestle_pricing_card_dispose (GObject *object)
{
  TrestlePricingCard *self = TRESTLE_PRICING_CARD (object);

  g_clear_object (&self->model);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PRICING_CARD);
  G_OBJECT_CLASS (trestle_pricing_card_parent_class)->dispose (object);
}

static void
trestle_pricing_card_class_init (TrestlePricingCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  object_class->get_property = trestle_pricing_card_get_property;
  object_class->set_property = trestle_pricing_card_set_property;
  object_class->dispose = trestle_pricing_card_dispose;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/product/trestle-pricing-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, units);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, state);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, table);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, instance_column);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, software_column);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, infrastructure_column);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, total_column);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, day_column);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, quota_column);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, calls_row);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, calls);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, answer);
  gtk_widget_class_bind_template_child (widget_class, TrestlePricingCard, note);
  gtk_widget_class_bind_template_callback (widget_class, on_calls_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
trestle_pricing_card_init (TrestlePricingCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  set_factory (self, self->instance_column, G_CALLBACK (on_instance_setup),
               G_CALLBACK (on_instance_bind), -1);
  set_factory (self, self->software_column, G_CALLBACK (on_amount_setup),
               G_CALLBACK (on_amount_bind), CELL_SOFTWARE);
  set_factory (self, self->infrastructure_column, G_CALLBACK (on_amount_setup),
               G_CALLBACK (on_amount_bind), CELL_INFRASTRUCTURE);
  set_factory (self, self->total_column, G_CALLBACK (on_amount_setup), G_CALLBACK (on_amount_bind),
               CELL_TOTAL);
  set_factory (self, self->day_column, G_CALLBACK (on_amount_setup), G_CALLBACK (on_amount_bind),
               CELL_DAY);
  set_factory (self, self->quota_column, G_CALLBACK (on_quota_setup), G_CALLBACK (on_quota_bind),
               -1);
  trestle_columns_align_end (self->table, 1);
  g_signal_connect_object (self->units, "notify::active-name", G_CALLBACK (on_unit_changed), self,
                           G_CONNECT_SWAPPED);
}
