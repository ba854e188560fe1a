/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-change-set-private.h"

#include <string.h>

#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

static void
create_offer (TrestleChangeBuild *build)
{
  const char *name = trestle_node_text (build->offer, "Name");
  JsonObject *details = json_object_new ();
  const char *at = strchr (build->product_id, '@');
  g_autofree char *product_id = at != NULL ? g_strndup (build->product_id,
                                                        (gsize) (at - build->product_id))
                                           : g_strdup (build->product_id);

  json_object_set_string_member (details, "ProductId", product_id);
  if (name != NULL)
    json_object_set_string_member (details, "Name", name);
  trestle_change_build_add (build, "CreateOffer", TRUE, trestle_node_take_object (details),
                            trestle_change_build_words (g_strdup_printf (
                                build->buyers != NULL ? _ ("Create the private offer “%s”")
                                                      : _ ("Create the public offer “%s”"),
                                name != NULL ? name : "")));
}

static void
update_targeting (TrestleChangeBuild *build)
{
  JsonObject *details = json_object_new (), *targeting = json_object_new ();
  JsonArray *accounts = json_array_new ();
  g_autofree char *list = g_strjoinv (", ", (char **) build->buyers);

  for (guint i = 0; build->buyers[i] != NULL; i++)
    json_array_add_string_element (accounts, build->buyers[i]);
  json_object_set_array_member (targeting, "BuyerAccounts", accounts);
  json_object_set_object_member (details, "PositiveTargeting", targeting);
  trestle_change_build_add (
      build, "UpdateTargeting", TRUE, trestle_node_take_object (details),
      trestle_change_build_words (g_strdup_printf (_ ("Make the offer to %s alone"), list)));
}

void
trestle_change_build_availability (TrestleChangeBuild *build)
{
  JsonObject *details = json_object_new ();

  json_object_set_string_member (details, "AvailabilityEndDate", build->until);
  trestle_change_build_add (
      build, "UpdateAvailability", TRUE, trestle_node_take_object (details),
      trestle_change_build_words (g_strdup_printf (
          _ ("Let the offer be accepted until the end of %s, UTC"), build->until)));
}

static void
update_information (TrestleChangeBuild *build)
{
  static const char *const members[] = { "Name", "Description" };
  JsonObject *details = json_object_new ();
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *value = trestle_node_member (build->offer, members[i]);
      g_autofree char *pattern = g_strconcat ("Offer.", members[i], NULL);

      if (trestle_draft_node_is_empty (value)
          || trestle_node_same (value, trestle_node_member (build->base_offer, members[i])))
        continue;
      json_object_set_member (details, members[i], trestle_change_build_copy (value, pattern));
      g_strv_builder_take (words, trestle_change_build_dup_words (pattern, value));
    }
  if (json_object_get_size (details) > 0)
    trestle_change_build_add (build, "UpdateInformation", TRUE, trestle_node_take_object (details),
                              g_steal_pointer (&words));
  else
    json_object_unref (details);
}

/* Terms hold one thing each. Takes @term. */
static JsonNode *
terms_of (const char *type, JsonObject *term)
{
  JsonObject *details = json_object_new ();
  JsonArray *terms = json_array_new ();

  if (term != NULL)
    {
      json_object_set_string_member (term, "Type", type);
      json_array_add_object_element (terms, term);
    }
  json_object_set_array_member (details, "Terms", terms);
  return trestle_node_take_object (details);
}

static void
update_legal_terms (TrestleChangeBuild *build)
{
  JsonNode *eula = trestle_node_member (build->offer, "Eula");
  const char *type = trestle_node_text (eula, "Type");
  const char *version = trestle_node_text (eula, "Version");
  const char *source = trestle_node_text (eula, "File");
  JsonObject *document, *term;
  JsonArray *documents;
  char *words;

  if (type == NULL || trestle_node_same (eula, trestle_node_member (build->base_offer, "Eula")))
    return;
  document = json_object_new ();
  json_object_set_string_member (document, "Type", type);
  if (source == NULL)
    source = trestle_node_text (eula, "Url");
  if (g_str_equal (type, "CustomEula"))
    {
      g_autofree char *address = trestle_change_build_dup_address (build,
                                                                   source != NULL ? source : "");

      json_object_set_string_member (document, "Url", address);
      words = g_strdup_printf (_ ("Use your own licence agreement, %s"),
                               source != NULL ? source : "?");
    }
  else
    {
      if (version != NULL)
        json_object_set_string_member (document, "Version", version);
      words = g_strdup_printf (_ ("Use the standard contract of %s"),
                               version != NULL ? version : "?");
    }
  documents = json_array_new ();
  term = json_object_new ();
  json_array_add_object_element (documents, document);
  json_object_set_array_member (term, "Documents", documents);
  trestle_change_build_add (build, "UpdateLegalTerms", TRUE, terms_of ("LegalTerm", term),
                            trestle_change_build_words (words));
}

static void
update_support_terms (TrestleChangeBuild *build)
{
  JsonNode *policy = trestle_node_member (build->offer, "RefundPolicy");
  const char *text = trestle_node_self_text (policy);
  JsonObject *term;

  if (text == NULL || *text == '\0'
      || trestle_node_same (policy, trestle_node_member (build->base_offer, "RefundPolicy")))
    return;
  term = json_object_new ();
  json_object_set_string_member (term, "RefundPolicy", text);
  trestle_change_build_add (
      build, "UpdateSupportTerms", TRUE, terms_of ("SupportTerm", term),
      trestle_change_build_words (trestle_change_build_dup_words ("Offer.RefundPolicy", policy)));
}

static void
update_validity_terms (TrestleChangeBuild *build)
{
  const char *duration = trestle_node_text (build->validity, "AgreementDuration");
  JsonObject *term;

  if (duration == NULL)
    return;
  term = json_object_new ();
  json_object_set_string_member (term, "AgreementDuration", duration);
  trestle_change_build_add (
      build, "UpdateValidityTerms", TRUE, terms_of ("ValidityTerm", term),
      trestle_change_build_words (g_strdup_printf (_ ("Let an agreement last for %s"), duration)));
}

void
trestle_change_build_offer (TrestleChangeBuild *build)
{
  if (build->offer == NULL)
    return;
  if (build->new_offer)
    create_offer (build);
  update_information (build);
  if (build->buyers != NULL)
    update_targeting (build);
  trestle_change_build_pricing (build);
  update_legal_terms (build);
  update_support_terms (build);
  if (build->until != NULL)
    trestle_change_build_availability (build);
  update_validity_terms (build);
  if (build->new_offer || build->options->offer_draft)
    trestle_change_build_add (build, "ReleaseOffer", TRUE,
                              trestle_node_take_object (json_object_new ()),
                              trestle_change_build_words (g_strdup (
                                  build->buyers != NULL ? _ ("Release the private offer")
                                                        : _ ("Release the public offer"))));
}
