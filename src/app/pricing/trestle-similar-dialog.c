/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "pricing/trestle-similar-dialog.h"

#include <glib/gi18n.h>

#include "widgets/trestle-badge.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-similar-prices.h"

struct _TrestleSimilarDialog
{
  AdwDialog parent_instance;

  TrestlePageState *state;
  AdwPreferencesGroup *prices;
  GtkListBox *list;
  GtkListBox *compared;

  TrestleSession *session;
  TrestleOpenDraft *open_draft;
  DexFuture *finding;
};

G_DEFINE_FINAL_TYPE (TrestleSimilarDialog, trestle_similar_dialog, ADW_TYPE_DIALOG)

static const char *
mode_words (TrestleUsageMode mode)
{
  switch (mode)
    {
    case TRESTLE_USAGE_MODE_REALTIME:
      return _ ("Real-time");
    case TRESTLE_USAGE_MODE_BATCH:
      return _ ("Batch");
    case TRESTLE_USAGE_MODE_TRAINING:
      return _ ("Training");
    case TRESTLE_USAGE_MODE_INFERENCE:
      return _ ("One call");
    case TRESTLE_USAGE_MODE_OTHER:
    default:
      return _ ("Other");
    }
}

static char *
dup_title (TrestlePriceSpan *span)
{
  const char *type = trestle_price_span_get_instance_type (span);
  const char *mode = mode_words (trestle_price_span_get_mode (span));

  return type != NULL ? g_strdup_printf ("%s · %s", type, mode) : g_strdup (mode);
}

static char *
dup_amount (const TrestleMoney *money)
{
  return trestle_money_is_zero (money) ? g_strdup (_ ("free")) : trestle_money_format (money, 2);
}

static char *
dup_others (TrestlePriceSpan *span)
{
  guint n = (guint) trestle_price_span_get_offers (span);
  g_autofree char *least = NULL;
  g_autofree char *median = NULL;
  g_autofree char *most = NULL;

  if (n == 0)
    return g_strdup (_ ("Nobody else has a price for it"));
  least = dup_amount (trestle_price_span_get_least (span));
  median = dup_amount (trestle_price_span_get_median (span));
  most = dup_amount (trestle_price_span_get_most (span));
  if (n == 1)
    return g_strdup_printf (_ ("One other: %s"), median);
  if (g_str_equal (least, most))
    return g_strdup_printf (g_dngettext (NULL, "%u other: %s", "%u others, all %s", n), n, most);
  return g_strdup_printf (
      g_dngettext (NULL, "%u others: %s to %s, median %s", "%u others: %s to %s, median %s", n), n,
      least, most, median);
}

/* Where the draft's price stands among the others. */
static const char *
compare (TrestlePriceSpan *span, TrestleTone *tone)
{
  const TrestleMoney *mine = trestle_price_span_get_mine (span);

  *tone = TRESTLE_TONE_PLAIN;
  if (mine == NULL || trestle_price_span_get_offers (span) == 0)
    return NULL;
  if (trestle_money_compare (mine, trestle_price_span_get_least (span)) < 0)
    {
      *tone = TRESTLE_TONE_ACCENT;
      return _ ("Below all");
    }
  if (trestle_money_compare (mine, trestle_price_span_get_most (span)) > 0)
    {
      *tone = TRESTLE_TONE_WARNING;
      return _ ("Above all");
    }
  switch (trestle_money_compare (mine, trestle_price_span_get_median (span)))
    {
    case 0:
      return _ ("At the median");
    case 1:
      return _ ("Above the median");
    default:
      return _ ("Below the median");
    }
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  TrestlePriceSpan *span = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *price = gtk_label_new (NULL);
  GtkWidget *badge = gtk_label_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *title = dup_title (span);
  g_autofree char *others = dup_others (span);
  g_autofree char *amount = trestle_price_span_get_mine (span) != NULL
                                ? trestle_money_format (trestle_price_span_get_mine (span), 2)
                                : g_strdup (_ ("No price"));
  TrestleTone tone;
  const char *words = compare (span, &tone);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), others);
  gtk_label_set_label (GTK_LABEL (price), amount);
  gtk_label_set_xalign (GTK_LABEL (price), 1);
  gtk_widget_add_css_class (price, "numeric");
  gtk_widget_add_css_class (price, "heading");
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_halign (badge, GTK_ALIGN_END);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  trestle_badge_set (badge, words, tone);
  gtk_box_append (GTK_BOX (box), price);
  gtk_box_append (GTK_BOX (box), badge);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  return row;
}

static GtkWidget *
create_listing (gpointer item, gpointer data)
{
  TrestleListing *listing = item;
  GtkWidget *row = adw_action_row_new ();
  const char *hint = trestle_listing_get_price_hint (listing);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), trestle_listing_get_title (listing));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), trestle_listing_get_publisher (listing));
  if (hint != NULL)
    {
      GtkWidget *label = gtk_label_new (hint);

      gtk_widget_add_css_class (label, "numeric");
      gtk_widget_add_css_class (label, "dimmed");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  return row;
}

static void
on_found (gpointer owner, const GValue *value, const GError *error)
{
  TrestleSimilarDialog *self = owner;
  TrestleSimilarPrices *found;
  GListModel *listings;
  g_autofree char *words = NULL;
  guint n;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("compare with similar listings"), error);
      return;
    }
  found = g_value_get_object (value);
  listings = trestle_similar_prices_get_listings (found);
  n = trestle_similar_prices_get_unread (found);
  if (n > 0)
    words = g_strdup_printf (g_dngettext (NULL, "The prices of %u more could not be read.",
                                          "The prices of %u more could not be read.", n),
                             n);
  adw_preferences_group_set_description (self->prices, words);
  gtk_list_box_bind_model (self->list, trestle_similar_prices_get_spans (found), create_row, NULL,
                           NULL);
  gtk_list_box_bind_model (self->compared, listings, create_listing, NULL, NULL);
  trestle_page_state_set_state (self->state, g_list_model_get_n_items (listings) > 0
                                                 ? TRESTLE_PAGE_CONTENT
                                                 : TRESTLE_PAGE_EMPTY);
}

static void
load (TrestleSimilarDialog *self)
{
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  trestle_watch (self, &self->finding,
                 trestle_similar_prices_find (trestle_session_get_catalogue (self->session),
                                              trestle_open_draft_get_draft (self->open_draft)),
                 on_found);
}

static void
on_retry (TrestleSimilarDialog *self)
{
  load (self);
}

static void
trestle_similar_dialog_dispose (GObject *object)
{
  TrestleSimilarDialog *self = TRESTLE_SIMILAR_DIALOG (object);

  dex_clear (&self->finding);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_SIMILAR_DIALOG);
  g_clear_object (&self->open_draft);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_similar_dialog_parent_class)->dispose (object);
}

static void
trestle_similar_dialog_class_init (TrestleSimilarDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_similar_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/pricing/trestle-similar-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSimilarDialog, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleSimilarDialog, prices);
  gtk_widget_class_bind_template_child (widget_class, TrestleSimilarDialog, list);
  gtk_widget_class_bind_template_child (widget_class, TrestleSimilarDialog, compared);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
trestle_similar_dialog_init (TrestleSimilarDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
trestle_similar_dialog_new (TrestleSession *session, TrestleOpenDraft *open_draft)
{
  TrestleSimilarDialog *self = g_object_new (TRESTLE_TYPE_SIMILAR_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->open_draft = g_object_ref (open_draft);
  load (self);
  return ADW_DIALOG (self);
}
