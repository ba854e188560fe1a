/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-catalogue.h"
#include "practice/trestle-practice-faults.h"
#include "practice/trestle-practice-rates.h"
#include "practice/trestle-practice-state.h"

G_BEGIN_DECLS

#define TRESTLE_PRACTICE_REGION "us-east-1"

/**
 * TrestlePracticeAccount:
 * @role: "buyer", "seller", "tester"
 * @number: twelve digits
 * @arn: the user whose keys they are
 *
 * One of the three accounts.
 */
typedef struct
{
  const char *role;
  const char *number;
  char *access_key_id;
  char *secret_access_key;
  char *arn;
  char *user_id;
} TrestlePracticeAccount;

#define TRESTLE_PRACTICE_N_ACCOUNTS 3

/** TRESTLE_PRACTICE_SPEED: six minutes of an endpoint's start are four seconds, an hour is forty */
#define TRESTLE_PRACTICE_SPEED 90.0

/**
 * TrestlePracticeWorld:
 * @rates: (nullable): how fast is too fast; %NULL: nothing is
 * @speed: state changes run this many times as fast as at AWS
 * @base: "http://127.0.0.1:PORT", where pictures, samples and licences are
 * @validating: a package's validation is being computed; there is one at a time
 * @transforming: so is a batch transform job
 *
 * What all handlers share. Lives on the main thread.
 */
typedef struct
{
  TrestlePracticeState *state;
  TrestlePracticeCatalogue *catalogue;
  TrestlePracticeFaults *faults;
  TrestlePracticeRates *rates;
  TrestlePracticeAccount accounts[TRESTLE_PRACTICE_N_ACCOUNTS];
  double speed;
  char *base;
  gboolean validating;
  gboolean transforming;
} TrestlePracticeWorld;

/**
 * trestle_practice_world_new:
 * @folder: the state's folder
 * @speed: TRESTLE_PRACTICE_SPEED as a rule
 * @seed: (nullable): makes keys and ids the same each time; only the first start of a state heeds it
 */
TrestlePracticeWorld *
trestle_practice_world_new (const char *folder, const char *seed, double speed, GError **error);
void trestle_practice_world_free (TrestlePracticeWorld *self);

const TrestlePracticeAccount *
trestle_practice_world_find_key (TrestlePracticeWorld *self, const char *access_key_id);
const TrestlePracticeAccount *
trestle_practice_world_find_account (TrestlePracticeWorld *self, const char *number);
/** trestle_practice_world_find_role: Returns: (transfer none): the account that is @role: "buyer", "seller", "tester" */
const TrestlePracticeAccount *
trestle_practice_world_find_role (TrestlePracticeWorld *self, const char *role);

/**
 * trestle_practice_world_delay:
 * @seconds: what AWS takes, typically
 *
 * Returns: microseconds that a state change takes here; at speed 1 as long as there
 */
gint64 trestle_practice_world_delay (TrestlePracticeWorld *self, double seconds);

/**
 * trestle_practice_world_wait:
 * @seconds: what AWS takes, where that is more than anybody wants to wait for at the default speed
 * @patience: seconds that it takes at TRESTLE_PRACTICE_SPEED
 *
 * Returns: microseconds: at speed 1 as long as at AWS, at the default speed @patience, in between
 *   evenly on a logarithmic scale
 */
gint64 trestle_practice_world_wait (TrestlePracticeWorld *self, double seconds, double patience);

/**
 * trestle_practice_world_settle:
 * @now: UTC microseconds
 *
 * Brings every resource whose time has come into its next state.
 *
 * Returns: when the next one is due, 0 for none
 */
gint64 trestle_practice_world_settle (TrestlePracticeWorld *self, gint64 now);

/**
 * trestle_practice_world_new_id:
 * @prefix: "agmt-"
 * @alphabet: letters to draw from
 *
 * Returns: (transfer full): a new identifier; the same ones in the same order for the same seed
 */
char *trestle_practice_world_new_id (TrestlePracticeWorld *self,
                                     const char *prefix,
                                     const char *alphabet,
                                     guint length);

#define TRESTLE_PRACTICE_HEX "0123456789abcdef"
#define TRESTLE_PRACTICE_LOWER "abcdefghijklmnopqrstuvwxyz0123456789"
#define TRESTLE_PRACTICE_UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
#define TRESTLE_PRACTICE_MIXED "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/** trestle_practice_derive: Returns: (transfer full): @length letters of @alphabet that follow from @text alone */
char *trestle_practice_derive (const char *text, const char *alphabet, guint length);

/** trestle_practice_world_get_secret: Returns: (transfer full): what page tokens are sealed with */
char *trestle_practice_world_get_secret (TrestlePracticeWorld *self);

G_END_DECLS
