/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-private-offer.h"

#include <stdio.h>
#include <string.h>

#include "domain/trestle-change-set-private.h"
#include "domain/trestle-draft.h"
#include "domain/trestle-entity-draft.h"
#include "domain/trestle-limits.h"
#include "domain/trestle-node.h"
#include "domain/trestle-price-formula.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (trestle-private-offer-error-quark, trestle_private_offer_error)

#define CARD "Offer.RateCard"

static const TrestleChangeSetOptions no_options = { NULL };

static gboolean
is_account (const char *text)
{
  return strlen (text) == 12 && strspn (text, "0123456789") == 12;
}

static gboolean
check_buyers (const TrestlePrivateOffer *self, GError **error)
{
  gint64 most = trestle_limit (TRESTLE_LIMIT_OFFER_PRIVATE_BUYERS);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = self->buyers != NULL ? g_strv_length ((char **) self->buyers) : 0;

  if (n == 0 || n > most)
    {
      g_set_error (error, TRESTLE_PRIVATE_OFFER_ERROR, TRESTLE_PRIVATE_OFFER_ERROR_BUYERS,
                   _ ("A private offer is made to 1 to %d accounts, not to %u"), (int) most, n);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      if (!is_account (self->buyers[i]))
        {
          g_set_error (error, TRESTLE_PRIVATE_OFFER_ERROR, TRESTLE_PRIVATE_OFFER_ERROR_BUYERS,
                       _ ("“%s” is no AWS account: these have twelve digits"), self->buyers[i]);
          return FALSE;
        }
      if (!g_hash_table_add (seen, (gpointer) self->buyers[i]))
        {
          g_set_error (error, TRESTLE_PRIVATE_OFFER_ERROR, TRESTLE_PRIVATE_OFFER_ERROR_BUYERS,
                       _ ("The account %s is named twice"), self->buyers[i]);
          return FALSE;
        }
    }
  return TRUE;
}

char *
trestle_private_offer_dup_day (gint64 time)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return g_date_time_format (when, "%Y-%m-%d");
}

gboolean
trestle_private_offer_check_day (const char *text, gint64 now, GError **error)
{
  g_autofree char *today = trestle_private_offer_dup_day (now);
  int year, month, day, length = 0;

  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 || length != 10
      || text[length] != '\0' || strspn (text, "0123456789-") != 10
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    {
      g_set_error (error, TRESTLE_PRIVATE_OFFER_ERROR, TRESTLE_PRIVATE_OFFER_ERROR_UNTIL,
                   _ ("“%s” is no day; write it as 2027-01-31"), text);
      return FALSE;
    }
  /* days of this form sort as they follow each other */
  if (now != 0 && strcmp (text, today) < 0)
    {
      g_set_error (error, TRESTLE_PRIVATE_OFFER_ERROR, TRESTLE_PRIVATE_OFFER_ERROR_UNTIL,
                   _ ("%s is over; an offer ends today or later"), text);
      return FALSE;
    }
  return TRUE;
}

/* Gives @draft the prices that the buyers shall have. */
static gboolean
put_prices (const TrestlePrivateOffer *self, TrestleDraft *draft, GError **error)
{
  guint n = trestle_draft_get_length (draft, CARD), n_used = 0;
  guint n_prices = self->prices != NULL ? g_hash_table_size (self->prices) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key_path = g_strdup_printf (CARD "[%u].DimensionKey", i);
      g_autofree char *path = g_strdup_printf (CARD "[%u].Price", i);
      const char *key = trestle_draft_get_text (draft, key_path);
      const char *own = n_prices > 0 ? g_hash_table_lookup (self->prices, key) : NULL;
      g_autofree char *less = NULL;

      if (own != NULL)
        {
          if (!trestle_price_is_valid (own))
            {
              g_set_error (error, TRESTLE_PRIVATE_OFFER_ERROR, TRESTLE_PRIVATE_OFFER_ERROR_PRICE,
                           _ ("“%s” is no price: write dollars, with at most eight places"), own);
              return FALSE;
            }
          trestle_draft_set_text (draft, path, own);
          n_used++;
        }
      else if (self->discount != NULL)
        {
          less = trestle_price_discount (trestle_draft_get_text (draft, path), self->discount,
                                         error);
          if (less == NULL)
            return FALSE;
          trestle_draft_set_text (draft, path, less);
        }
    }
  if (n_used < n_prices)
    {
      GHashTableIter iter;
      gpointer key;

      g_hash_table_iter_init (&iter, self->prices);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        {
          gboolean found = FALSE;

          for (guint i = 0; i < n && !found; i++)
            {
              g_autofree char *key_path = g_strdup_printf (CARD "[%u].DimensionKey", i);

              found = g_str_equal (key, trestle_draft_get_text (draft, key_path));
            }
          if (!found)
            {
              g_set_error (error, TRESTLE_PRIVATE_OFFER_ERROR, TRESTLE_PRIVATE_OFFER_ERROR_PRICE,
                           _ ("The product has no dimension “%s”"), (char *) key);
              return FALSE;
            }
        }
    }
  return TRUE;
}

static JsonNode *
find_term (JsonNode *document, const char *type)
{
  JsonNode *terms = trestle_node_member (document, "Terms");

  for (guint i = 0; i < trestle_node_length (terms); i++)
    if (g_strcmp0 (trestle_node_text (trestle_node_element (terms, i), "Type"), type) == 0)
      return trestle_node_element (terms, i);
  return NULL;
}

/* A licence's whole address: signed, for AWS has to be able to read it once more. */
static const char *
find_licence_address (JsonNode *document)
{
  JsonNode *documents = trestle_node_member (find_term (document, "LegalTerm"), "Documents");

  return trestle_node_text (trestle_node_element (documents, 0), "Url");
}

static char *
dup_name (const TrestlePrivateOffer *self)
{
  guint n = g_strv_length ((char **) self->buyers);

  if (self->name != NULL && *self->name != '\0')
    return g_strdup (self->name);
  if (n == 1)
    return g_strdup_printf (_ ("Private offer for %s"), self->buyers[0]);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Private offer for %s and %u more",
                                       "Private offer for %s and %u more", n - 1),
                          self->buyers[0], n - 1);
}

/* Returns: (transfer full) (nullable): the offer as a draft: what it will say */
static TrestleDraft *
make_draft (const TrestlePrivateOffer *self, GError **error)
{
  g_autoptr (TrestleDraft) draft = trestle_entity_draft_new (NULL, NULL, self->offer, NULL);
  g_autofree char *name = dup_name (self);
  const char *model = trestle_draft_get_text (draft, "Offer.PricingModel");
  const char *address = find_licence_address (self->offer);

  if (!g_str_equal (model, "Usage") || trestle_draft_get_length (draft, CARD) == 0)
    {
      g_set_error (error, TRESTLE_PRIVATE_OFFER_ERROR, TRESTLE_PRIVATE_OFFER_ERROR_PRODUCT,
                   _ ("“%s” has no paid public offer, which a private one needs"),
                   self->product_title != NULL ? self->product_title : self->product_id);
      return NULL;
    }
  if (strpbrk (name, "\\<>") != NULL
      || g_utf8_strlen (name, -1) > trestle_limit (TRESTLE_LIMIT_OFFER_NAME_CHARS))
    {
      g_set_error (error, TRESTLE_PRIVATE_OFFER_ERROR, TRESTLE_PRIVATE_OFFER_ERROR_NAME,
                   _ ("An offer’s name has at most %d characters, and none of \\ < >"),
                   (int) trestle_limit (TRESTLE_LIMIT_OFFER_NAME_CHARS));
      return NULL;
    }
  trestle_draft_set (draft, "Offer.FreeTrial", NULL);
  trestle_draft_set_text (draft, "Offer.Name", name);
  trestle_draft_set_text (draft, "Offer.Description", self->description);
  if (!trestle_draft_has (draft, "Offer.Description"))
    trestle_draft_set_text (draft, "Offer.Description", name);
  if (address != NULL && trestle_draft_has (draft, "Offer.Eula.Url"))
    trestle_draft_set_text (draft, "Offer.Eula.Url", address);
  if (!put_prices (self, draft, error))
    return NULL;
  return g_steal_pointer (&draft);
}

TrestleChangeSet *
trestle_private_offer_build (const TrestlePrivateOffer *self, gint64 now, GError **error)
{
  g_auto (TrestleChangeBuild) build = {
    .options = &no_options,
    .new_offer = TRUE,
    .buyers = self->buyers,
    .until = self->until,
    .validity = find_term (self->offer, "ValidityTerm"),
  };
  g_autoptr (TrestleDraft) draft = NULL;

  g_return_val_if_fail (self->product_id != NULL, NULL);

  if (!check_buyers (self, error)
      || !trestle_private_offer_check_day (self->until != NULL ? self->until : "", now, error))
    return NULL;
  draft = make_draft (self, error);
  if (draft == NULL)
    return NULL;
  build.draft = trestle_draft_get_root (draft);
  build.offer = trestle_node_member (build.draft, "Offer");
  build.product_id = g_strdup (self->product_id);
  build.offer_id = g_strdup (TRESTLE_CHANGE_NEW_OFFER);
  trestle_change_build_begin (&build);
  trestle_change_build_offer (&build);
  return trestle_change_build_end (
      &build, "Private: ", self->product_title != NULL ? self->product_title : self->product_id);
}

TrestleChangeSet *
trestle_private_offer_build_end (const char *offer_id, const char *name, const char *until)
{
  g_auto (TrestleChangeBuild) build = {
    .options = &no_options,
    .until = until,
    .offer_id = g_strdup (offer_id),
  };

  trestle_change_build_begin (&build);
  trestle_change_build_availability (&build);
  return trestle_change_build_end (&build, "Expire: ", name != NULL ? name : offer_id);
}

static JsonNode *
find_rule (JsonNode *document, const char *member)
{
  JsonNode *rules = trestle_node_member (document, "Rules");

  for (guint i = 0; i < trestle_node_length (rules); i++)
    if (trestle_node_has (trestle_node_element (rules, i), member))
      return trestle_node_element (rules, i);
  return NULL;
}

char **
trestle_private_offer_dup_buyers (JsonNode *document)
{
  JsonNode *rule = find_rule (document, "PositiveTargeting");
  JsonNode *accounts = trestle_node_member (trestle_node_member (rule, "PositiveTargeting"),
                                            "BuyerAccounts");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < trestle_node_length (accounts); i++)
    {
      const char *account = trestle_node_self_text (trestle_node_element (accounts, i));

      if (account != NULL)
        g_strv_builder_add (builder, account);
    }
  return g_strv_builder_end (builder);
}

char *
trestle_private_offer_dup_until (JsonNode *document)
{
  const char *date = trestle_node_text (find_rule (document, "AvailabilityEndDate"),
                                        "AvailabilityEndDate");

  return date != NULL ? g_strndup (date, 10) : NULL;
}
