/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-listing-item.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "domain/trestle-entity-draft.h"
#include "domain/trestle-lint.h"
#include "domain/trestle-listing.h"
#include "listings/trestle-listing-words.h"
#include "widgets/trestle-change-words.h"
#include "widgets/trestle-format.h"

/* Buyers who have a restricted product are to be supported so long. */
#define SUPPORT_DUTY (90 * TRESTLE_DAY)

struct _TrestleListingItem
{
  GObject parent_instance;

  TrestleOwnProduct *product;
  TrestleDraftInfo *draft;
  TrestleChangeRequest *request;
  gint64 restricted;

  TrestleDraft *live;    /* what the product is at AWS */
  TrestleDraft *written; /* what the draft says, once it was read */
  TrestleListing *listing;
  gboolean checked; /* the figures below are known */
  guint n_errors;
  guint n_warnings;
  guint n_changes;

  gint64 looked; /* when the draft that was checked last had been saved */
};

enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_LISTING,
  PROP_STATE,
  PROP_STATE_CLASSES,
  PROP_CHANGE,
  PROP_CHANGE_ICON,
  PROP_CHANGE_CLASSES,
  PROP_VERSION,
  PROP_VERSIONS,
  PROP_PRICE,
  PROP_ERRORS,
  PROP_WARNINGS,
  PROP_CLEAN,
  PROP_MODIFIED,
  PROP_MOMENT,
  PROP_SUMMARY,
  PROP_MENU,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleListingItem, trestle_listing_item, G_TYPE_OBJECT)

const char *
trestle_listing_item_get_product_id (TrestleListingItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_LISTING_ITEM (self), NULL);

  if (self->product != NULL)
    return trestle_own_product_get_id (self->product);
  return self->draft != NULL ? trestle_draft_info_get_product_id (self->draft) : NULL;
}

const char *
trestle_listing_item_get_visibility (TrestleListingItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_LISTING_ITEM (self), NULL);
  return self->product != NULL ? trestle_own_product_get_visibility (self->product) : "Draft";
}

static const char *
title_of (TrestleListingItem *self)
{
  if (self->product != NULL)
    return trestle_own_product_get_title (self->product);
  if (self->draft == NULL)
    return "";
  return trestle_draft_info_get_title (self->draft) != NULL
             ? trestle_draft_info_get_title (self->draft)
             : trestle_draft_info_get_name (self->draft);
}

static gint64
modified_of (TrestleListingItem *self)
{
  gint64 product = self->product != NULL ? trestle_own_product_get_modified (self->product) : 0;
  gint64 draft = self->draft != NULL ? trestle_draft_info_get_modified (self->draft) : 0;

  return MAX (product, draft);
}

gboolean
trestle_listing_item_get_failed (TrestleListingItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_LISTING_ITEM (self), FALSE);

  if (self->request == NULL || trestle_change_request_is_open (self->request))
    return FALSE;
  return self->draft == NULL || !self->checked || self->n_errors > 0
         || trestle_draft_info_get_modified (self->draft)
                < trestle_change_request_get_ended (self->request);
}

static gint64
duty_of (TrestleListingItem *self)
{
  gint64 until = self->restricted > 0 ? self->restricted + SUPPORT_DUTY : 0;

  return until > trestle_clock_now () ? until : 0;
}

static char *
change_of (TrestleListingItem *self)
{
  g_autofree char *text = NULL;

  if (self->request != NULL && trestle_change_request_is_open (self->request))
    {
      text = trestle_format_duration (
          MAX (trestle_clock_now () - trestle_change_request_get_started (self->request), 0));
      return g_strdup_printf ("%s · %s", trestle_change_words_state (self->request), text);
    }
  if (trestle_listing_item_get_failed (self))
    {
      text = trestle_listing_words_failure (self->request);
      return text != NULL ? g_strdup_printf (_ ("Failed · %s"), text) : g_strdup (_ ("Failed"));
    }
  if (self->draft != NULL && trestle_draft_info_get_problem (self->draft) != NULL)
    return g_strdup (_ ("Draft: cannot be read"));
  if (self->draft != NULL && trestle_listing_item_get_product_id (self) == NULL)
    return g_strdup (_ ("Draft: new listing"));
  if (self->draft != NULL && !self->checked)
    return g_strdup (_ ("Draft"));
  if (self->draft != NULL)
    return self->n_changes > 0
               ? g_strdup_printf (
                     g_dngettext (NULL, "Draft: %u change", "Draft: %u changes", self->n_changes),
                     self->n_changes)
               : g_strdup (_ ("Draft: as it is live"));
  if (duty_of (self) > 0)
    {
      text = trestle_format_day (duty_of (self));
      return g_strdup_printf (_ ("Support to %s"), text);
    }
  return g_strdup ("–");
}

static const char *
change_icon_of (TrestleListingItem *self)
{
  if (self->request != NULL && trestle_change_request_is_open (self->request))
    return "content-loading-symbolic";
  if (trestle_listing_item_get_failed (self))
    return "dialog-error-symbolic";
  if (self->draft != NULL)
    return "document-edit-symbolic";
  return duty_of (self) > 0 ? "alarm-symbolic" : NULL;
}

static const char *const *
change_classes_of (TrestleListingItem *self)
{
  static const char *const plain[] = { "dimmed", NULL };
  static const char *const running[] = { NULL };
  static const char *const failed[] = { "error", NULL };

  if (self->request != NULL && trestle_change_request_is_open (self->request))
    return running;
  return trestle_listing_item_get_failed (self) ? failed : plain;
}

static char *
findings_of (TrestleListingItem *self)
{
  if (!self->checked)
    return g_strdup ("");
  if (self->n_errors > 0)
    return g_strdup_printf (g_dngettext (NULL, "%u error", "%u errors", self->n_errors),
                            self->n_errors);
  if (self->n_warnings > 0)
    return g_strdup_printf (g_dngettext (NULL, "%u warning", "%u warnings", self->n_warnings),
                            self->n_warnings);
  return g_strdup ("");
}

/* What there is to show: at AWS what buyers or testers see, before that what is being written. */
static TrestleDraft *
shown_of (TrestleListingItem *self)
{
  return self->written != NULL
                 && g_strcmp0 (trestle_listing_item_get_visibility (self), "Draft") == 0
             ? self->written
             : self->live;
}

static char *
summary_of (TrestleListingItem *self)
{
  g_autofree char *change = change_of (self);
  g_autofree char *findings = findings_of (self);
  g_autofree char *price = trestle_listing_words_price (shown_of (self));
  const char *first = g_str_equal (change, "–") ? price : change;

  return *findings != '\0' ? g_strdup_printf ("%s · %s", first, findings) : g_strdup (first);
}

static void
trestle_listing_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleListingItem *self = TRESTLE_LISTING_ITEM (object);
  const char *product_id = trestle_listing_item_get_product_id (self);
  gint64 modified = modified_of (self);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, title_of (self));
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, product_id != NULL ? product_id : _ ("not yet at AWS"));
      break;
    case PROP_LISTING:
      g_value_set_object (value, self->listing);
      break;
    case PROP_STATE:
      g_value_set_string (value,
                          trestle_listing_words_state (trestle_listing_item_get_visibility (self)));
      break;
    case PROP_STATE_CLASSES:
      g_value_set_boxed (
          value, trestle_listing_words_state_classes (trestle_listing_item_get_visibility (self)));
      break;
    case PROP_CHANGE:
      g_value_take_string (value, change_of (self));
      break;
    case PROP_CHANGE_ICON:
      g_value_set_string (value, change_icon_of (self));
      break;
    case PROP_CHANGE_CLASSES:
      g_value_set_boxed (value, change_classes_of (self));
      break;
    case PROP_VERSION:
      g_value_take_string (value, trestle_listing_words_version (shown_of (self)));
      break;
    case PROP_VERSIONS:
      g_value_take_string (value, trestle_listing_words_versions (shown_of (self)));
      break;
    case PROP_PRICE:
      g_value_take_string (value, trestle_listing_words_price (shown_of (self)));
      break;
    case PROP_ERRORS:
      g_value_set_uint (value, self->n_errors);
      break;
    case PROP_WARNINGS:
      g_value_set_uint (value, self->n_warnings);
      break;
    case PROP_CLEAN:
      g_value_set_boolean (value, self->checked && self->n_errors + self->n_warnings == 0);
      break;
    case PROP_MODIFIED:
      g_value_set_int64 (value, modified);
      break;
    case PROP_MOMENT:
      g_value_take_string (value,
                           modified > 0 ? trestle_listing_words_moment (modified) : g_strdup ("–"));
      break;
    case PROP_SUMMARY:
      g_value_take_string (value, summary_of (self));
      break;
    case PROP_MENU:
      g_value_take_object (
          value,
          trestle_listing_words_menu (
              product_id, self->draft != NULL ? trestle_draft_info_get_name (self->draft) : NULL,
              trestle_listing_item_get_visibility (self)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_listing_item_finalize (GObject *object)
{
  TrestleListingItem *self = TRESTLE_LISTING_ITEM (object);

  g_clear_object (&self->product);
  g_clear_object (&self->draft);
  g_clear_object (&self->request);
  g_clear_object (&self->live);
  g_clear_object (&self->written);
  g_clear_object (&self->listing);
  G_OBJECT_CLASS (trestle_listing_item_parent_class)->finalize (object);
}

static void
trestle_listing_item_class_init (TrestleListingItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const struct
  {
    guint id;
    const char *name;
  } texts[] = {
    { PROP_TITLE, "title" },     { PROP_SUBTITLE, "subtitle" }, { PROP_STATE, "state" },
    { PROP_CHANGE, "change" },   { PROP_VERSION, "version" },   { PROP_CHANGE_ICON, "change-icon" },
    { PROP_PRICE, "price" },     { PROP_VERSIONS, "versions" }, { PROP_MOMENT, "moment" },
    { PROP_SUMMARY, "summary" },
  };

  object_class->get_property = trestle_listing_item_get_property;
  object_class->finalize = trestle_listing_item_finalize;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    properties[texts[i].id] = g_param_spec_string (texts[i].name, NULL, NULL, NULL, flags);
  properties[PROP_LISTING] = g_param_spec_object ("listing", NULL, NULL, TRESTLE_TYPE_LISTING,
                                                  flags);
  properties[PROP_STATE_CLASSES] = g_param_spec_boxed ("state-classes", NULL, NULL, G_TYPE_STRV,
                                                       flags);
  properties[PROP_CHANGE_CLASSES] = g_param_spec_boxed ("change-classes", NULL, NULL, G_TYPE_STRV,
                                                        flags);
  properties[PROP_ERRORS] = g_param_spec_uint ("errors", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_WARNINGS] = g_param_spec_uint ("warnings", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CLEAN] = g_param_spec_boolean ("clean", NULL, NULL, FALSE, flags);
  properties[PROP_MODIFIED] = g_param_spec_int64 ("modified", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_MENU] = g_param_spec_object ("menu", NULL, NULL, G_TYPE_MENU_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_listing_item_init (TrestleListingItem *self)
{
}

TrestleListingItem *
trestle_listing_item_new (void)
{
  return g_object_new (TRESTLE_TYPE_LISTING_ITEM, NULL);
}

static void
notify_all (TrestleListingItem *self)
{
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
take_product (TrestleListingItem *self)
{
  TrestleEntity *entity = self->product != NULL ? trestle_own_product_get_product (self->product)
                                                : NULL;
  TrestleEntity *offer = self->product != NULL ? trestle_own_product_get_offer (self->product)
                                               : NULL;

  g_clear_object (&self->live);
  if (entity != NULL)
    self->live = trestle_entity_draft_new (
        (JsonNode *) trestle_entity_get_document (entity), trestle_entity_get_id (entity),
        offer != NULL ? (JsonNode *) trestle_entity_get_document (offer) : NULL,
        offer != NULL ? trestle_entity_get_id (offer) : NULL);
}

/* Without a draft the listing itself is held against the rules, as far as its texts go. */
static void
check_live (TrestleListingItem *self)
{
  TrestleLintFacts facts = { .live = self->live };
  g_autoptr (GPtrArray) findings = NULL;

  self->checked = self->live != NULL;
  if (self->live == NULL)
    return;
  findings = trestle_lint (self->live, &facts);
  self->n_errors = trestle_lint_count (findings, TRESTLE_SEVERITY_ERROR);
  self->n_warnings = trestle_lint_count (findings, TRESTLE_SEVERITY_WARNING);
  self->n_changes = 0;
}

gboolean
trestle_listing_item_set (TrestleListingItem *self, const TrestleListingFacts *facts)
{
  gboolean product, draft, changed;

  g_return_val_if_fail (TRESTLE_IS_LISTING_ITEM (self), FALSE);

  product = g_set_object (&self->product, facts->product);
  draft = g_set_object (&self->draft, facts->draft);
  changed = g_set_object (&self->request, facts->request) | (self->restricted != facts->restricted)
            | product | draft;
  self->restricted = facts->restricted;
  if (!changed)
    return FALSE;
  if (product)
    take_product (self);
  if (self->draft == NULL && (product || draft))
    {
      g_clear_object (&self->written);
      self->looked = 0;
      check_live (self);
    }
  else if (draft && self->looked == 0)
    self->checked = FALSE;
  g_clear_object (&self->listing);
  self->listing = g_object_new (
      TRESTLE_TYPE_LISTING, "title", title_of (self), "logo-url",
      self->product != NULL ? trestle_own_product_get_logo_url (self->product) : NULL, NULL);
  notify_all (self);
  return TRUE;
}

void
trestle_listing_item_set_checked (TrestleListingItem *self,
                                  guint n_errors,
                                  guint n_warnings,
                                  guint n_changes)
{
  g_return_if_fail (TRESTLE_IS_LISTING_ITEM (self));

  self->checked = TRUE;
  self->n_errors = n_errors;
  self->n_warnings = n_warnings;
  self->n_changes = n_changes;
  notify_all (self);
}

void
trestle_listing_item_take_checked (TrestleListingItem *self, TrestleOpenDraft *open)
{
  guint n_errors, n_warnings, n_changes;

  g_return_if_fail (TRESTLE_IS_LISTING_ITEM (self));

  if (self->draft == NULL)
    return;
  g_object_get (open, "n-errors", &n_errors, "n-warnings", &n_warnings, "n-changes", &n_changes,
                NULL);
  g_clear_object (&self->written);
  self->written = trestle_draft_copy (trestle_open_draft_get_draft (open));
  trestle_listing_item_set_checked (self, n_errors, n_warnings, n_changes);
}

gboolean
trestle_listing_item_claim_check (TrestleListingItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_LISTING_ITEM (self), FALSE);

  if (self->draft == NULL || self->looked == trestle_draft_info_get_modified (self->draft))
    return FALSE;
  self->looked = trestle_draft_info_get_modified (self->draft);
  return TRUE;
}

TrestleOwnProduct *
trestle_listing_item_get_product (TrestleListingItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_LISTING_ITEM (self), NULL);
  return self->product;
}

TrestleDraftInfo *
trestle_listing_item_get_draft (TrestleListingItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_LISTING_ITEM (self), NULL);
  return self->draft;
}

TrestleChangeRequest *
trestle_listing_item_get_request (TrestleListingItem *self)
{
  g_return_val_if_fail (TRESTLE_IS_LISTING_ITEM (self), NULL);
  return self->request;
}

static gboolean
contains (const char *text, const char *needle)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, needle) != NULL;
}

/* @text is among the keywords of @draft. */
static gboolean
has_keyword (TrestleDraft *draft, const char *text)
{
  g_auto (GStrv)
      keywords = draft != NULL ? trestle_draft_dup_texts (draft, "Product.SearchKeywords") : NULL;

  for (guint i = 0; keywords != NULL && keywords[i] != NULL; i++)
    if (contains (keywords[i], text))
      return TRUE;
  return FALSE;
}

gboolean
trestle_listing_item_matches (TrestleListingItem *self, const char *text)
{
  g_return_val_if_fail (TRESTLE_IS_LISTING_ITEM (self), FALSE);

  return contains (title_of (self), text)
         || contains (trestle_listing_item_get_product_id (self), text)
         || (self->draft != NULL
             && (contains (trestle_draft_info_get_title (self->draft), text)
                 || contains (trestle_draft_info_get_name (self->draft), text)))
         || has_keyword (self->live, text) || has_keyword (self->written, text);
}
