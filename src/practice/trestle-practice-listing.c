/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-listing.h"

#include <string.h>

#include "practice/trestle-practice-put.h"
#include "practice/trestle-practice-world.h"

static char *
derive_id (const char *prefix, const char *slug, const char *alphabet, guint length)
{
  g_autofree char *text = g_strconcat (prefix, slug, NULL);
  g_autofree char *tail = trestle_practice_derive (text, alphabet, length);

  return g_strconcat (prefix, tail, NULL);
}

static void
offer_free (TrestlePracticeOffer *offer)
{
  g_free (offer->id);
  g_free (offer->proposal);
  g_strfreev (offer->buyers);
  g_free (offer);
}

static void
version_free (TrestlePracticeVersion *version)
{
  g_free (version->option);
  g_free (version->resource);
  g_free (version);
}

void
trestle_practice_listing_free (TrestlePracticeListing *self)
{
  g_free (self->listing_id);
  g_free (self->product_id);
  g_ptr_array_unref (self->offers);
  g_ptr_array_unref (self->versions);
  json_object_unref (self->object);
  g_free (self);
}

/* The catalogue's private offers are for one `buyer`, a seller's for all of its `buyers`. */
static GStrv
dup_buyers (JsonObject *object)
{
  g_autoptr (GStrvBuilder) buyers = g_strv_builder_new ();
  JsonArray *many = get_array (object, "buyers");

  if (get_text (object, "buyer") != NULL)
    g_strv_builder_add (buyers, get_text (object, "buyer"));
  for (guint i = 0; i < array_length (many); i++)
    g_strv_builder_add (buyers, json_array_get_string_element (many, i));
  return g_strv_builder_end (buyers);
}

static void
add_offer (TrestlePracticeListing *self, JsonObject *object, gboolean private)
{
  TrestlePracticeOffer *offer = g_new0 (TrestlePracticeOffer, 1);
  const char *given = get_text (object, "offer_id");

  offer->listing = self;
  offer->id = given != NULL ? g_strdup (given)
                            : derive_id ("offer-", get_text (object, private ? "id" : "slug"),
                                         TRESTLE_PRACTICE_LOWER, 13);
  offer->proposal = derive_id ("at-", offer->id, TRESTLE_PRACTICE_LOWER, 24);
  offer->name = get_text (object, private ? "name" : "offer_name");
  offer->buyers = private ? dup_buyers (object) : NULL;
  offer->expires = json_object_get_int_member_with_default (object, "expires", 0);
  offer->expires_in_days = (guint) json_object_get_int_member_with_default (object,
                                                                            "expires_in_days", 0);
  offer->object = object;
  /* A private offer says its prices in place or under `pricing`. */
  offer->pricing = get_object (object, "pricing");
  if (offer->pricing == NULL)
    offer->pricing = object;
  g_ptr_array_add (self->offers, offer);
}

/* A buyer's copy is named after the seller's resource; the digits keep the copies apart. */
static void
add_version (TrestlePracticeListing *self, JsonObject *object)
{
  TrestlePracticeVersion *version = g_new0 (TrestlePracticeVersion, 1);
  const char *package = get_text (object, "package");
  const char *source = get_text (object, "resource_arn");
  const char *option = get_text (object, "option");
  const char *date = get_text (object, "date");
  g_autofree char *time = strchr (date, 'T') != NULL ? g_strdup (date)
                                                     : g_strconcat (date, "T09:30:00Z", NULL);
  g_autofree char *own = source != NULL ? g_strconcat (self->product_id, "/", source, NULL) : NULL;
  g_autofree char *tail = derive_id ("", own != NULL ? own : package, TRESTLE_PRACTICE_HEX, 32);

  version->listing = self;
  version->object = object;
  version->option = option != NULL ? g_strdup (option)
                                   : derive_id ("fo-", package, TRESTLE_PRACTICE_LOWER, 13);
  version->resource = g_strconcat (package, "-", tail, NULL);
  version->engine = get_text (object, "engine");
  if (version->engine == NULL)
    version->engine = get_text (self->object, "engine");
  version->restricted = json_object_get_boolean_member_with_default (object, "restricted", FALSE);
  if (!trestle_clock_parse (time, &version->created))
    g_warning ("%s: %s is no date", self->slug, time);
  g_ptr_array_add (self->versions, version);
}

static TrestlePracticeVisibility
read_visibility (JsonObject *object)
{
  const char *text = get_text (object, "visibility");

  return g_strcmp0 (text, "Limited") == 0      ? TRESTLE_PRACTICE_LIMITED
         : g_strcmp0 (text, "Restricted") == 0 ? TRESTLE_PRACTICE_RESTRICTED
                                               : TRESTLE_PRACTICE_PUBLIC;
}

TrestlePracticeListing *
trestle_practice_listing_new (JsonObject *object, JsonObject *seller)
{
  TrestlePracticeListing *self = g_new0 (TrestlePracticeListing, 1);
  JsonArray *versions = get_array (object, "versions");
  JsonArray *private = get_array (object, "private_offers");
  const char *given = get_text (object, "product_id");

  self->object = json_object_ref (object);
  self->seller = seller;
  self->slug = get_text (object, "slug");
  self->title = get_text (object, "title");
  self->algorithm = g_strcmp0 (get_text (object, "kind"), "algorithm") == 0;
  self->visibility = read_visibility (object);
  self->listing_id = derive_id ("prodview-", given != NULL ? given : self->slug,
                                TRESTLE_PRACTICE_LOWER, 13);
  self->product_id = given != NULL ? g_strdup (given)
                                   : derive_id ("prod-", self->slug, TRESTLE_PRACTICE_LOWER, 13);
  self->offers = g_ptr_array_new_with_free_func ((GDestroyNotify) offer_free);
  self->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) version_free);
  add_offer (self, object, FALSE);
  for (guint i = 0; i < array_length (private); i++)
    add_offer (self, json_array_get_object_element (private, i), TRUE);
  for (guint i = 0; i < array_length (versions); i++)
    add_version (self, json_array_get_object_element (versions, i));
  return self;
}

const TrestlePracticeOffer *
trestle_practice_listing_get_public (const TrestlePracticeListing *self)
{
  return self->offers->pdata[0];
}

gboolean
trestle_practice_listing_is_own (const TrestlePracticeListing *self, const char *account)
{
  return g_strcmp0 (get_text (self->seller, "account"), account) == 0;
}

JsonObject *
trestle_practice_version_get (const TrestlePracticeVersion *self, const char *name)
{
  JsonObject *own = get_object (self->object, name);

  return own != NULL ? own : get_object (self->listing->object, name);
}

JsonArray *
trestle_practice_version_get_samples (const TrestlePracticeVersion *self)
{
  JsonArray *own = get_array (self->object, "samples");

  return own != NULL ? own : get_array (self->listing->object, "samples");
}
