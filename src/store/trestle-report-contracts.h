/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/trestle-report-run.h"

G_BEGIN_DECLS

/**
 * TrestleReportContracts:
 * @known: the terms of agreements are there at all
 *
 * What is sold at a fixed price, so that it is paid for whether it is used or not. Of the store alone.
 */
typedef struct
{
  GHashTable *agreements; /* those with a fixed price among their terms */
  GHashTable *offers;     /* buyer and offer of all agreements */
  GHashTable *sold;       /* buyer and offer, buyer and product of those with a fixed price */
  gboolean known;
} TrestleReportContracts;

gboolean
trestle_report_contracts_read (TrestleReportContracts *self, TrestleReportRun *run, GError **error);

/**
 * trestle_report_contracts_has:
 * @offer: of the invoice; "" where it is not known
 * @product: key of the product
 * @buyer: number of the buyer
 *
 * Returns: whether an invoice may be for a contract: the buyer's agreement by that offer, or one for that product,
 *   has a fixed price
 */
gboolean trestle_report_contracts_has (const TrestleReportContracts *self,
                                       const char *offer,
                                       const char *product,
                                       guint32 buyer);
void trestle_report_contracts_clear (TrestleReportContracts *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestleReportContracts, trestle_report_contracts_clear)

G_END_DECLS
