/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-editor-sections.h"

#include <glib/gi18n.h>

#include "editor/trestle-editor-form.h"

static GtkWidget *
create_information (TrestleSession *session, TrestleOpenDraft *draft)
{
  return trestle_editor_form_build ("trestle-information-form", session, draft);
}

static GtkWidget *
create_promotion (TrestleSession *session, TrestleOpenDraft *draft)
{
  return trestle_editor_form_build ("trestle-promotion-form", session, draft);
}

static GtkWidget *
create_support (TrestleSession *session, TrestleOpenDraft *draft)
{
  return trestle_editor_form_build ("trestle-support-form", session, draft);
}

static GtkWidget *
create_regions (TrestleSession *session, TrestleOpenDraft *draft)
{
  return trestle_editor_form_build ("trestle-regions-form", session, draft);
}

static GtkWidget *
create_testers (TrestleSession *session, TrestleOpenDraft *draft)
{
  return trestle_editor_form_build ("trestle-testers-form", session, draft);
}

static const char *const information_fields[] = { "Product.ProductTitle",
                                                  "Product.ShortDescription",
                                                  "Product.LongDescription",
                                                  "Product.Sku",
                                                  "Product.Highlights",
                                                  "Product.Categories",
                                                  NULL };
static const char *const promotion_fields[] = { "Product.LogoUrl", "Product.VideoUrls",
                                                "Product.AdditionalResources",
                                                "Product.SearchKeywords", NULL };
static const char *const support_fields[] = { "Product.SupportDescription", NULL };
static const char *const no_fields[] = { NULL };
static const char *const testers_fields[] = { "Product.BuyerAccounts", NULL };

const TrestleDraftSection trestle_information_section = {
  "information", N_ ("Product Information"), information_fields, create_information, NULL, FALSE
};
const TrestleDraftSection trestle_promotion_section = {
  "promotion", N_ ("Promotional Resources"), promotion_fields, create_promotion, NULL, FALSE
};
const TrestleDraftSection trestle_support_section = { "support",      N_ ("Support"),
                                                      support_fields, create_support,
                                                      NULL,           FALSE };
const TrestleDraftSection trestle_regions_section = { "regions",      N_ ("Regions"), no_fields,
                                                      create_regions, NULL,           FALSE };
const TrestleDraftSection trestle_testers_section = { "testers",      N_ ("Testers and Submission"),
                                                      testers_fields, create_testers,
                                                      NULL,           FALSE };
