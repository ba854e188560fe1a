/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-listing-words.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "base/trestle-money.h"
#include "domain/trestle-dimensions.h"
#include "domain/trestle-draft-field.h"
#include "widgets/trestle-change-words.h"
#include "widgets/trestle-format.h"

static const struct
{
  const char *visibility;
  const char *word;
  const char *classes[3];
} states[] = {
  { "Draft", N_ ("Draft"), { "badge", NULL } },
  { "Limited", N_ ("Limited"), { "badge", "accent", NULL } },
  { "Public", N_ ("Public"), { "badge", "success", NULL } },
  { "Restricted", N_ ("Restricted"), { "badge", "warning", NULL } },
};

const char *
trestle_listing_words_state (const char *visibility)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (visibility, states[i].visibility) == 0)
      return _ (states[i].word);
  return visibility != NULL ? visibility : _ ("Unknown");
}

const char *const *
trestle_listing_words_state_classes (const char *visibility)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (visibility, states[i].visibility) == 0)
      return states[i].classes;
  return states[0].classes;
}

/* Returns: how many versions buyers can choose; @newest is the last of these */
static guint
count_versions (TrestleDraft *live, guint *newest)
{
  guint n = live != NULL ? trestle_draft_get_length (live, "Versions") : 0;
  guint count = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *restricted = g_strdup_printf ("Versions[%u].Restricted", i);

      if (trestle_draft_get_bool (live, restricted))
        continue;
      count++;
      *newest = i;
    }
  return count;
}

char *
trestle_listing_words_version (TrestleDraft *live)
{
  guint newest = 0;
  g_autofree char *path = NULL;
  const char *title;

  if (count_versions (live, &newest) == 0)
    return g_strdup ("–");
  path = g_strdup_printf ("Versions[%u].VersionTitle", newest);
  title = trestle_draft_get_text (live, path);
  return g_strdup (*title != '\0' ? title : "–");
}

char *
trestle_listing_words_versions (TrestleDraft *live)
{
  guint newest, n = count_versions (live, &newest);

  return n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u version", "%u versions", n), n)
               : g_strdup (_ ("no version"));
}

static void
widen (TrestleMoney **least, TrestleMoney **most, const TrestleMoney *price)
{
  if (*least == NULL || trestle_money_compare (price, *least) < 0)
    {
      g_clear_pointer (least, trestle_money_free);
      *least = trestle_money_copy (price);
    }
  if (*most == NULL || trestle_money_compare (price, *most) > 0)
    {
      g_clear_pointer (most, trestle_money_free);
      *most = trestle_money_copy (price);
    }
}

static char *
format_range (const TrestleMoney *least, const TrestleMoney *most)
{
  g_autofree char *from = trestle_money_format (least, 2);
  g_autofree char *to = trestle_money_format (most, 2);

  return g_str_equal (from, to) ? g_steal_pointer (&from) : g_strdup_printf ("%s–%s", from, to);
}

char *
trestle_listing_words_price (TrestleDraft *live)
{
  guint n = live != NULL ? trestle_draft_get_length (live, "Offer.RateCard") : 0;
  const char *currency = live != NULL ? trestle_draft_get_text (live, "Offer.CurrencyCode") : "";
  g_autoptr (TrestleMoney) least = NULL;
  g_autoptr (TrestleMoney) most = NULL;
  g_autoptr (TrestleMoney) each = NULL;
  g_autofree char *range = NULL;

  if (live != NULL && g_str_equal (trestle_draft_get_text (live, "Offer.PricingModel"), "Free"))
    return g_strdup (_ ("Free"));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key_path = g_strdup_printf ("Offer.RateCard[%u].DimensionKey", i);
      g_autofree char *price_path = g_strdup_printf ("Offer.RateCard[%u].Price", i);
      g_autoptr (TrestleMoney) price = trestle_money_parse (
          trestle_draft_get_text (live, price_path), *currency != '\0' ? currency : "USD", NULL);

      if (price == NULL)
        continue;
      if (g_str_equal (trestle_draft_get_text (live, key_path), TRESTLE_DIMENSION_INFERENCE))
        {
          g_clear_pointer (&each, trestle_money_free);
          each = g_steal_pointer (&price);
        }
      else
        widen (&least, &most, price);
    }
  if (least != NULL && trestle_money_is_zero (most) && each == NULL)
    return g_strdup (_ ("Free"));
  if (least == NULL && each == NULL)
    return g_strdup (_ ("not set"));
  range = least != NULL ? format_range (least, most) : format_range (each, each);
  /* Translators: a price, or a range of prices, an hour or for each inference */
  return least != NULL ? g_strdup_printf (_ ("%s/h"), range)
                       : g_strdup_printf (_ ("%s/inference"), range);
}

char *
trestle_listing_words_moment (gint64 time)
{
  return trestle_clock_now () - time < 2 * TRESTLE_DAY ? trestle_format_moment (time)
                                                       : trestle_format_day (time);
}

char *
trestle_listing_words_failure (TrestleChangeRequest *request)
{
  GListModel *changes = trestle_change_request_get_changes (request);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleSubmittedChange) change = g_list_model_get_item (changes, i);
      g_autoptr (GPtrArray) findings = trestle_change_words_locate (change, NULL);
      const char *field, *code;

      if (findings->len == 0)
        continue;
      field = trestle_finding_get_field (g_ptr_array_index (findings, 0));
      code = trestle_finding_get_code (g_ptr_array_index (findings, 0));
      if (g_strcmp0 (code, "UPDATE_PRICING_REQUIRED") == 0)
        return g_strdup (_ ("price missing"));
      if (field != NULL && *field != '\0')
        return trestle_draft_field_dup_label (field);
    }
  return NULL;
}

static void
append (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

GMenuModel *
trestle_listing_words_menu (const char *product_id, const char *draft, const char *visibility)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();
  g_autoptr (GMenu) third = g_menu_new ();
  /* A product and a draft may be called the same. */
  g_autofree char *either = draft != NULL ? g_strconcat ("draft:", draft, NULL)
                                          : g_strdup (product_id != NULL ? product_id : "");

  append (first, _ ("_Edit"), "listings.edit", either);
  if (product_id != NULL)
    append (first, _ ("_Publishing…"), "listings.publish", product_id);
  /* nobody finds what is restricted any more */
  if (product_id != NULL
      && (g_strcmp0 (visibility, "Public") == 0 || g_strcmp0 (visibility, "Limited") == 0))
    append (first, _ ("Show as _Buyer"), "listings.show", product_id);
  append (second, _ ("D_uplicate"), "listings.duplicate", either);
  if (draft != NULL)
    append (second, _ ("E_xport…"), "listings.export", draft);
  if (product_id != NULL)
    append (second, _ ("_Copy Identifier"), "listings.copy", product_id);
  if (draft != NULL)
    append (third, _ ("_Delete Draft…"), "listings.delete", draft);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  if (draft != NULL)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (third));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}
