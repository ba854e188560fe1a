/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-lint-private.h"

#include <string.h>

#include "base/trestle-money.h"
#include "domain/trestle-dimensions.h"
#include "domain/trestle-limits.h"
#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define CARD "Offer.RateCard"
#define N_MODES (TRESTLE_USAGE_MODE_INFERENCE + 1)

/* More than these are only counted. */
#define NAMED 8

/* What is priced, and what the packages support. A key says mode and type, and it is these that are
 * compared: how the keys of algorithms look is not documented. */
typedef struct
{
  TrestleLinter *linter;
  JsonNode *card, *live_card;
  gboolean free;
  GHashTable *priced[N_MODES];    /* instance types; of INFERENCE "" */
  GHashTable *supported[N_MODES]; /* the same, borrowed from the packages */
  GHashTable *live;               /* key → price as text */
  gboolean all_known;             /* the packages of all versions are */
} Prices;

static TrestleMoney *
parse (const char *price)
{
  return price != NULL ? trestle_money_parse (price, "USD", NULL) : NULL;
}

static GHashTable *
index_live (JsonNode *card)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < trestle_node_length (card); i++)
    {
      JsonNode *rate = trestle_node_element (card, i);
      const char *key = trestle_node_text (rate, "DimensionKey");
      const char *price = trestle_node_text (rate, "Price");

      if (key != NULL && price != NULL)
        g_hash_table_insert (index, (gpointer) key, (gpointer) price);
    }
  return index;
}

static void
add_types (GHashTable *set, const char *const *types)
{
  for (guint i = 0; types != NULL && types[i] != NULL; i++)
    g_hash_table_add (set, (gpointer) types[i]);
}

static const char *const *
types_of (TrestlePackage *package, TrestleUsageMode mode)
{
  switch (mode)
    {
    case TRESTLE_USAGE_MODE_REALTIME:
      return trestle_package_get_realtime_types (package);
    case TRESTLE_USAGE_MODE_BATCH:
      return trestle_package_get_transform_types (package);
    case TRESTLE_USAGE_MODE_TRAINING:
      return trestle_package_get_kind (package) == TRESTLE_PRODUCT_KIND_ALGORITHM
                 ? trestle_package_get_training_types (package)
                 : NULL;
    case TRESTLE_USAGE_MODE_INFERENCE:
    case TRESTLE_USAGE_MODE_OTHER:
    default:
      return NULL;
    }
}

static void
begin (Prices *self, TrestleLinter *linter)
{
  const char *model = trestle_node_text (linter->offer, "PricingModel");

  self->linter = linter;
  self->card = trestle_node_member (linter->offer, "RateCard");
  self->live_card = trestle_node_member (linter->live_offer, "RateCard");
  self->free = g_strcmp0 (model, "Free") == 0;
  self->live = index_live (self->live_card);
  self->all_known = trestle_node_length (linter->versions) > 0;
  for (guint mode = 0; mode < N_MODES; mode++)
    {
      self->priced[mode] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self->supported[mode] = g_hash_table_new (g_str_hash, g_str_equal);
    }
  for (guint i = 0; i < trestle_node_length (self->card); i++)
    {
      char *type;
      TrestleUsageMode mode = trestle_dimension_parse (
          trestle_node_text (trestle_node_element (self->card, i), "DimensionKey"), &type);

      g_hash_table_add (self->priced[mode], type != NULL ? type : g_strdup (""));
    }
  for (guint i = 0; i < trestle_node_length (linter->versions); i++)
    {
      gboolean known;
      TrestlePackage *package = trestle_lint_find_package (
          linter, trestle_node_element (linter->versions, i), &known);

      if (package == NULL)
        {
          self->all_known = FALSE;
          continue;
        }
      for (guint mode = 0; mode < N_MODES; mode++)
        add_types (self->supported[mode], types_of (package, (TrestleUsageMode) mode));
      if (g_hash_table_size (self->supported[TRESTLE_USAGE_MODE_REALTIME]) > 0)
        g_hash_table_add (self->supported[TRESTLE_USAGE_MODE_INFERENCE], (gpointer) "");
    }
}

static void
end (Prices *self)
{
  for (guint mode = 0; mode < N_MODES; mode++)
    {
      g_hash_table_unref (self->priced[mode]);
      g_hash_table_unref (self->supported[mode]);
    }
  g_hash_table_unref (self->live);
}

static char *
dup_missing_words (TrestleUsageMode mode, GPtrArray *types)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const char *format;

  for (guint i = 0; i < MIN (types->len, NAMED); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (types, i));
  if (types->len > NAMED)
    g_string_append (list, ", …");
  if (mode == TRESTLE_USAGE_MODE_REALTIME)
    format = g_dngettext (GETTEXT_PACKAGE, "%u instance type has no real-time price: %s",
                          "%u instance types have no real-time price: %s", types->len);
  else if (mode == TRESTLE_USAGE_MODE_BATCH)
    format = g_dngettext (GETTEXT_PACKAGE, "%u instance type has no batch price: %s",
                          "%u instance types have no batch price: %s", types->len);
  else
    format = g_dngettext (GETTEXT_PACKAGE, "%u instance type has no training price: %s",
                          "%u instance types have no training price: %s", types->len);
  return g_strdup_printf (format, types->len, list->str);
}

/* Most drafts lack none, and then the packages need not be gone through once more. */
static gboolean
is_all_priced (Prices *self, TrestleUsageMode mode)
{
  GHashTableIter iter;
  gpointer type;

  g_hash_table_iter_init (&iter, self->supported[mode]);
  while (g_hash_table_iter_next (&iter, &type, NULL))
    if (!g_hash_table_contains (self->priced[mode], type))
      return FALSE;
  return TRUE;
}

static void
check_missing (Prices *self, TrestleUsageMode mode)
{
  TrestleLinter *linter = self->linter;
  g_autoptr (GPtrArray) types = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean later = FALSE; /* a version that comes to what is published brings them */

  if (mode == TRESTLE_USAGE_MODE_REALTIME
      && g_hash_table_size (self->priced[TRESTLE_USAGE_MODE_INFERENCE]) > 0)
    return;
  if (is_all_priced (self, mode))
    return;
  for (guint i = 0; i < trestle_node_length (linter->versions); i++)
    {
      JsonNode *version = trestle_node_element (linter->versions, i);
      gboolean known;
      TrestlePackage *package = trestle_lint_find_package (linter, version, &known);
      const char *const *some = package != NULL && !trestle_node_flag (version, "Restricted")
                                    ? types_of (package, mode)
                                    : NULL;

      for (guint j = 0; some != NULL && some[j] != NULL; j++)
        {
          if (g_hash_table_contains (self->priced[mode], some[j])
              || !g_hash_table_add (seen, (gpointer) some[j]))
            continue;
          g_ptr_array_add (types, (gpointer) some[j]);
          later = later || (linter->live_offer != NULL && trestle_lint_is_new (version));
        }
    }
  if (types->len > 0)
    trestle_lint_report_code (linter, RULE_PRICE_MISSING, CARD,
                              later ? "UPDATE_PRICING_REQUIRED"
                                    : trestle_lint_rule_table[RULE_PRICE_MISSING].code,
                              dup_missing_words (mode, types));
}

/* Once priced, always priced: what AWS has may be of a version that is gone. */
static void
check_supported (Prices *self, const char *key, guint index)
{
  g_autofree char *type = NULL, *field = NULL;
  TrestleUsageMode mode = trestle_dimension_parse (key, &type);
  g_autofree char *words = NULL;

  if (g_hash_table_contains (self->live, key))
    return;
  if (mode != TRESTLE_USAGE_MODE_OTHER
      && (!self->all_known
          || g_hash_table_contains (self->supported[mode], type != NULL ? type : "")))
    return;
  words = trestle_dimension_dup_words (key);
  field = g_strdup_printf (CARD "[%u].DimensionKey", index);
  trestle_lint_report (self->linter, RULE_PRICE_UNSUPPORTED, field,
                       mode == TRESTLE_USAGE_MODE_OTHER
                           ? g_strdup_printf (_ ("“%s” is nothing that has a price here."), words)
                           : g_strdup_printf (_ ("No version supports %s."), words));
}

/* How the prices move against what is published. */
typedef struct
{
  guint rises, cuts, news;
} Moves;

static void
check_move (Prices *self, const char *key, TrestleMoney *price, guint index, Moves *moves)
{
  const TrestleLintFacts *facts = self->linter->facts;
  const char *was = g_hash_table_lookup (self->live, key);
  g_autoptr (TrestleMoney) old = parse (was);
  gint64 days = trestle_limit (TRESTLE_LIMIT_PRICE_RISE_DAYS);
  int order;
  g_autofree char *field = NULL, *date = NULL;
  g_autoptr (GDateTime) until = NULL;

  if (g_hash_table_size (self->live) == 0 || price == NULL)
    return;
  if (was == NULL)
    moves->news++;
  if (old == NULL)
    return;
  order = trestle_money_compare (price, old);
  moves->cuts += order < 0;
  moves->rises += order > 0;
  if (order <= 0 || facts->now == 0 || facts->last_price_rise == 0
      || facts->now - facts->last_price_rise >= days * G_TIME_SPAN_DAY)
    return;
  until = g_date_time_new_from_unix_utc ((facts->last_price_rise + days * G_TIME_SPAN_DAY)
                                         / G_USEC_PER_SEC);
  date = until != NULL ? g_date_time_format (until, "%F") : g_strdup ("?");
  field = g_strdup_printf (CARD "[%u].Price", index);
  trestle_lint_report (
      self->linter, RULE_PRICE_RISE_EARLY, field,
      g_strdup_printf (_ ("Prices were raised less than %d days ago; the next rise is possible on "
                          "%s."),
                       (int) days, date));
}

static void
check_moves (Prices *self, const Moves *moves)
{
  if (moves->rises == 0)
    return;
  if (moves->cuts > 0)
    trestle_lint_report (self->linter, RULE_PRICE_RISE_AND_CUT, CARD,
                         g_strdup (_ ("Some prices rise and some fall in the same request.")));
  if (moves->news > 0)
    trestle_lint_report (self->linter, RULE_PRICE_RISE_AND_NEW, CARD,
                         g_strdup (_ ("Some prices rise and some are new in the same request.")));
  trestle_lint_report (
      self->linter, RULE_PRICE_RISE_NOTICE, CARD,
      g_strdup (_ ("Subscribers keep the old price until the first day of the month "
                   "after 90 days.")));
}

static void
check_rates (Prices *self)
{
  guint n = trestle_node_length (self->card), n_zero = 0;
  gboolean usage = g_strcmp0 (trestle_node_text (self->linter->offer, "PricingModel"), "Usage")
                   == 0;
  g_autofree gboolean *zero = g_new0 (gboolean, n + 1);
  Moves moves = { 0 };

  for (guint i = 0; i < n; i++)
    {
      JsonNode *rate = trestle_node_element (self->card, i);
      const char *key = trestle_node_text (rate, "DimensionKey");
      g_autoptr (TrestleMoney) price = parse (trestle_node_text (rate, "Price"));
      g_autofree char *field = g_strdup_printf (CARD "[%u].Price", i);

      if (key != NULL)
        {
          check_supported (self, key, i);
          check_move (self, key, price, i, &moves);
        }
      zero[i] = price != NULL && trestle_money_is_zero (price);
      n_zero += zero[i];
      if (self->free && price != NULL && !zero[i])
        trestle_lint_report (self->linter, RULE_PRICE_NOT_FREE, field,
                             g_strdup (_ ("The offer is free, and this has a price.")));
    }
  if (usage && n > 0 && n_zero == n)
    trestle_lint_report (self->linter, RULE_PRICE_ZERO, CARD,
                         g_strdup (_ ("All prices are zero in a paid offer.")));
  else
    for (guint i = 0; usage && i < n; i++)
      if (zero[i])
        {
          g_autofree char *field = g_strdup_printf (CARD "[%u].Price", i);

          trestle_lint_report (self->linter, RULE_PRICE_ZERO, field,
                               g_strdup (_ ("The price is zero in a paid offer.")));
        }
  check_moves (self, &moves);
}

static void
check_removed (Prices *self)
{
  g_autoptr (GHashTable) keys = index_live (self->card);

  for (guint i = 0; i < trestle_node_length (self->live_card); i++)
    {
      const char *key = trestle_node_text (trestle_node_element (self->live_card, i),
                                           "DimensionKey");
      g_autofree char *words = NULL;

      if (key == NULL || g_hash_table_contains (keys, key))
        continue;
      words = trestle_dimension_dup_words (key);
      trestle_lint_report (self->linter, RULE_PRICE_REMOVED, CARD,
                           g_strdup_printf (_ ("The price of %s was removed."), words));
    }
}

static void
check_offer (Prices *self)
{
  TrestleLinter *linter = self->linter;
  const char *model = trestle_node_text (linter->offer, "PricingModel");
  const char *was = trestle_node_text (linter->live_offer, "PricingModel");
  const char *currency = trestle_node_text (linter->offer, "CurrencyCode");

  if (model != NULL && was != NULL && !g_str_equal (model, was))
    trestle_lint_report (
        linter, RULE_PRICING_MODEL_CHANGED, "Offer.PricingModel",
        g_strdup_printf (_ ("The offer is published as “%s”; that cannot change."), was));
  if (currency != NULL && !g_str_equal (currency, "USD"))
    trestle_lint_report (linter, RULE_CURRENCY, "Offer.CurrencyCode",
                         g_strdup_printf (_ ("Public offers cannot be in %s."), currency));
  if (g_strcmp0 (model, "Usage") == 0 && trestle_node_length (self->card) == 0)
    trestle_lint_report (linter, RULE_PRICES_NONE, CARD, g_strdup (_ ("The offer has no prices.")));
  if (g_hash_table_size (self->priced[TRESTLE_USAGE_MODE_INFERENCE]) > 0
      && g_hash_table_size (self->priced[TRESTLE_USAGE_MODE_REALTIME]) > 0)
    trestle_lint_report (
        linter, RULE_PRICE_BOTH_WAYS, CARD,
        g_strdup (_ ("Real-time use is priced both per inference and by the hour.")));
}

void
trestle_lint_prices (TrestleLinter *linter)
{
  Prices self = { NULL };

  begin (&self, linter);
  check_offer (&self);
  /* a free offer may be without prices */
  if (!self.free || trestle_node_length (self.card) > 0)
    for (guint mode = TRESTLE_USAGE_MODE_REALTIME; mode <= TRESTLE_USAGE_MODE_TRAINING; mode++)
      check_missing (&self, (TrestleUsageMode) mode);
  check_rates (&self);
  check_removed (&self);
  end (&self);
}
