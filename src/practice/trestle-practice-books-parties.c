/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-books-private.h"

/* Taxes are by country, or by country and state. */
static JsonObject *
find_tax (JsonObject *data, JsonObject *object)
{
  JsonObject *taxes = get_object (data, "taxes");
  g_autofree char *place = g_strconcat (get_text (object, "country"), "-",
                                        get_text (object, "state"), NULL);
  JsonObject *tax = get_object (taxes, place);

  return tax != NULL ? tax : get_object (taxes, get_text (object, "country"));
}

static TrestlePracticeParty *
add_party (TrestlePracticeBooks *self, JsonObject *object)
{
  TrestlePracticeParty *party = trestle_practice_alloc (self, TrestlePracticeParty);
  const char *broker = get_text (get_object (self->data, "brokers"), get_text (object, "country"));
  JsonObject *change = get_object (object, "moves");

  if (change == NULL)
    change = get_object (object, "renamed");
  party->number = get_text (object, "account");
  party->id = trestle_practice_books_id (self, "", "account", party->number, 0,
                                         TRESTLE_PRACTICE_HEX, 32);
  party->address = trestle_practice_books_id (self, "", "address", party->number, 0,
                                              TRESTLE_PRACTICE_HEX, 32);
  party->object = object;
  party->tax = find_tax (self->data, object);
  party->currency = get_text (object, "currency");
  party->places = (guint) json_object_get_int_member (
      get_object (get_object (self->data, "currencies"), party->currency), "places");
  party->broker = broker != NULL ? broker : "AWS_INC";
  party->size = (guint) json_object_get_int_member_with_default (object, "size", 0);
  party->payer = party;
  if (change != NULL)
    party->changed = trestle_practice_books_month (
                         self->first, (int) json_object_get_int_member (change, "month"))
                     + 11 * TRESTLE_DAY + 9 * TRESTLE_HOUR;
  g_ptr_array_add (self->parties, party);
  return party;
}

void
trestle_practice_books_add_parties (TrestlePracticeBooks *self)
{
  JsonArray *practice = get_array (self->data, "practice");
  JsonArray *buyers = get_array (self->data, "buyers");

  self->seller = add_party (self, get_object (self->data, "seller"));
  self->market = add_party (self, get_object (self->data, "marketplace"));
  trestle_practice_books_meet (self->seller, self->first, self->first + TRESTLE_HOUR);
  trestle_practice_books_meet (self->market, self->first, self->first + TRESTLE_HOUR);
  for (guint i = 0; i < array_length (practice); i++)
    add_party (self, json_array_get_object_element (practice, i));
  for (guint i = 0; i < array_length (buyers); i++)
    add_party (self, json_array_get_object_element (buyers, i));
  for (guint i = 0; i < self->parties->len; i++)
    {
      TrestlePracticeParty *party = self->parties->pdata[i];
      const char *payer = get_text (party->object, "payer");

      if (payer != NULL)
        party->payer = trestle_practice_books_find_party (self, payer);
    }
}

TrestlePracticeParty *
trestle_practice_books_find_party (TrestlePracticeBooks *self, const char *number)
{
  for (guint i = 0; i < self->parties->len; i++)
    {
      TrestlePracticeParty *party = self->parties->pdata[i];

      if (g_strcmp0 (party->number, number) == 0)
        return party;
    }
  return NULL;
}

void
trestle_practice_books_meet (TrestlePracticeParty *party, gint64 time, gint64 told)
{
  if (party->since == 0 || time < party->since)
    {
      party->since = time;
      party->told = told;
    }
  if (party->payer != party)
    trestle_practice_books_meet (party->payer, time, told);
}
